// The test rows that the net is most sure about and wrong: as pictures for image data, else as values.
import type { DataDescription, Dataset } from "../../../data/dataset.ts";
import { greyPicture } from "../pictures/grey.ts";
import type { Mistake, Mistakes } from "../report.ts";
import { imageSize, type Size } from "./image-size.ts";
import { originalValues } from "./original-values.ts";
import type { Predictions } from "./predictions.ts";

const MOST_PICTURES = 40;
const MOST_ROWS = 25;
const MOST_COLUMNS = 30;

/** The most confident first; rows of equal confidence in their order. */
export function worstMistakes(
  set: Dataset,
  predictions: Predictions,
  description: DataDescription = {},
): Mistakes {
  const { predicted, confidence, labelProbability } = predictions;
  const wrong: number[] = [];
  for (let row = 0; row < set.rows; row++) if (predicted[row] !== set.labels[row]) wrong.push(row);
  wrong.sort((a, b) => confidence[b] - confidence[a] || a - b);
  const size = imageSize(set, description);
  const shown = wrong.slice(0, size === undefined ? MOST_ROWS : MOST_PICTURES);
  const values = shown.map((row) => originalValues(set, row, description.standardization));
  const looks = size === undefined ? asRows(values) : asPictures(values, size);
  return {
    total: wrong.length,
    shown: shown.map(
      (row, i): Mistake => ({
        row,
        label: set.labels[row],
        predicted: predicted[row],
        confidence: confidence[row],
        labelProbability: labelProbability[row],
        ...looks[i],
      }),
    ),
    columns: size === undefined ? columnNames(set, description) : [],
    moreColumns: size === undefined ? Math.max(0, set.columns - MOST_COLUMNS) : 0,
  };
}

type Looks = Pick<Mistake, "picture" | "values">;

function asRows(values: readonly Float64Array[]): Looks[] {
  return values.map((row) => ({ values: [...row.subarray(0, MOST_COLUMNS)] }));
}

/** One scale from black to white for all, so that they can be compared. */
function asPictures(values: readonly Float64Array[], size: Size): Looks[] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of values) {
    for (const value of row) {
      if (value < from) from = value;
      if (value > to) to = value;
    }
  }
  return values.map((data) => ({ picture: greyPicture({ ...size, data }, from, to) }));
}

function columnNames(set: Dataset, { columnNames = [] }: DataDescription): string[] {
  const count = Math.min(set.columns, MOST_COLUMNS);
  return Array.from({ length: count }, (_, j) => columnNames[j] ?? `column ${j + 1}`);
}
