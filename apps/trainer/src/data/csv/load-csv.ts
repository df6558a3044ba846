// A CSV file as rows to train on: the label column becomes classes, every other column numbers.
import { DataError } from "../../errors.ts";
import type { DataOptions } from "../data-options.ts";
import type { Dataset } from "../dataset.ts";
import type { Source } from "../prepare/samples.ts";
import { type CsvFile, columnTitle, openCsv } from "./open-csv.ts";
import { pickColumn } from "./pick-column.ts";
import { type LabelColumn, NO_LABEL, noClasses, readLabels } from "./read-labels.ts";
import { readNumbers } from "./read-numbers.ts";

type CsvOptions = Pick<DataOptions, "label" | "header" | "missing" | "classes">;

const LAST_COLUMN = -1;
/** In a file this short every class may come once. */
const FEW_ROWS = 10;

/**
 * Takes about five times the file in memory: 8 bytes a number, beside the file itself.
 *
 * @throws DataError naming file, line and column.
 */
export function loadCsv(bytes: Uint8Array, file: string, options: CsvOptions = {}): Source {
  const { label = LAST_COLUMN, header, missing = "refuse" } = options;
  const csv = openCsv(bytes, file, header);
  const labelColumn = pickColumn(csv, label);
  const columns = columnsBut(csv, labelColumn);
  const { labels, names } = withClasses(
    csv,
    readLabels(csv, labelColumn, missing === "drop"),
    options.classes,
    columnTitle(csv, labelColumn),
  );
  const images = readNumbers(csv, columns, missing !== "refuse");
  const whole: Dataset = {
    images,
    rows: csv.rows,
    columns: columns.length,
    labels,
    classes: names.length,
    scale: 1,
  };
  const titles = columns.map((column) => columnTitle(csv, column));
  return {
    name: file,
    train: {
      dataset: missing === "drop" ? withoutGaps(whole, file) : whole,
      description: {
        classNames: names,
        ...(csv.names === undefined ? {} : { columnNames: titles }),
        label: csv.names?.[labelColumn] ?? labelColumn,
      },
      hasMissing: missing === "mean" && images.some(Number.isNaN),
    },
  };
}

function columnsBut({ file, width }: CsvFile, label: number): readonly number[] {
  if (width > 1) return Array.from({ length: width }, (_, column) => column).filter((c) => c !== label);
  throw new DataError({
    file,
    expected: "columns of numbers and a column of labels, separated by commas",
    found: "a single column",
    cure: "Save the file with commas between the columns (not semicolons or tabs), and with its labels.",
  });
}

/** Without a count the classes are the labels there are; with one, labels that are class numbers keep their number. */
function withClasses(
  csv: CsvFile,
  { labels, names }: LabelColumn,
  classes: number | undefined,
  title: string,
): LabelColumn {
  if (classes === undefined || classes === names.length) {
    if (names.length === csv.rows && csv.rows > FEW_ROWS) throw noClasses(csv, title);
    return { labels, names };
  }
  const numbers = names.map(Number);
  if (numbers.every((number) => Number.isInteger(number) && number >= 0 && number < classes)) {
    const all = Array.from({ length: classes }, (_, i) => String(i));
    return { labels: labels.map((i) => (i === NO_LABEL ? i : (numbers[i] ?? 0))), names: all };
  }
  throw new DataError({
    file: csv.file,
    columnName: title,
    expected: `${classes} classes, as many as were asked for`,
    found: `${names.length}: ${names.slice(0, 12).join(", ")}${names.length > 12 ? ", …" : ""}`,
    cure: "Leave the number of classes out, or correct the labels.",
  });
}

/** Moves the rows that are whole together, in place. */
function withoutGaps(dataset: Dataset, file: string): Dataset {
  const { images, labels, columns, rows } = dataset;
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    if (labels[row] === NO_LABEL || images.subarray(start, start + columns).some(Number.isNaN)) continue;
    images.copyWithin(kept * columns, start, start + columns);
    labels[kept++] = labels[row] ?? 0;
  }
  if (kept === 0) {
    const found = `a missing value in each of the ${rows} rows`;
    const cure = "Fill the values in, or take a column out that is always empty.";
    throw new DataError({ file, expected: "at least one row without a missing value", found, cure });
  }
  return {
    ...dataset,
    images: images.subarray(0, kept * columns),
    labels: labels.subarray(0, kept),
    rows: kept,
  };
}
