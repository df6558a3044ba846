// Cuts the rows of a source into training, validation and test rows.
import { DataError } from "../../errors.ts";
import type { DataOptions } from "../data-options.ts";
import type { Dataset, TrainingData } from "../dataset.ts";
import { arrangeRows, rowsBetween } from "./arrange-rows.ts";
import type { Source } from "./samples.ts";
import { splitRows } from "./split-rows.ts";

const TEST_SHARE = 0.2;

/** The parts of a source; what the source brings as test rows stays as it is. */
export type Parts = Pick<TrainingData, "train" | "validation" | "test">;

/**
 * The parts are views of the source's own images, whose rows are put in order.
 *
 * @throws DataError when there are fewer rows than parts.
 */
export function splitData(source: Source, options: SplitOptions): Parts {
  const {
    train: { dataset },
    test,
  } = source;
  const { order, testRows, validationRows } = planSplit(source, options);
  if (testRows + validationRows === 0) return { train: dataset, test: test ?? dataset };
  arrangeRows(dataset.images, dataset.columns, order);
  const labels = order.map((row) => dataset.labels[row] ?? 0);
  const arranged = { ...dataset, labels };
  const trainRows = dataset.rows - testRows - validationRows;
  return {
    train: rowsBetween(arranged, 0, trainRows),
    ...(validationRows === 0
      ? {}
      : { validation: rowsBetween(arranged, trainRows, trainRows + validationRows) }),
    test: test ?? rowsBetween(arranged, trainRows + validationRows, dataset.rows),
  };
}

export type SplitOptions = Pick<DataOptions, "test" | "validation" | "seed">;

/** The rows of a source in their new order: training, validation, test. Labels alone decide it. */
export interface SplitOrder {
  readonly order: Int32Array;
  readonly testRows: number;
  readonly validationRows: number;
}

/** @throws DataError when there are fewer rows than parts. */
export function planSplit(
  { name, train: { dataset }, test }: Pick<Source, "name" | "train" | "test">,
  { seed = 0, validation: validationShare = 0, test: testShare = TEST_SHARE }: SplitOptions,
): SplitOrder {
  const parts = (test === undefined ? 2 : 1) + (validationShare > 0 ? 1 : 0);
  if (dataset.rows < parts) throw tooFew(name, dataset.rows, parts);
  const places = { seed, test: test === undefined ? testShare : 0, validation: validationShare };
  return rowOrder(dataset.labels, places);
}

interface Shares {
  readonly seed: number;
  /** 0: no test rows are taken. */
  readonly test: number;
  readonly validation: number;
}

function rowOrder(labels: Dataset["labels"], { seed, test, validation }: Shares): SplitOrder {
  const all = Int32Array.from(labels, (_, row) => row);
  const first =
    test > 0 ? splitRows(labels, test, { seed, purpose: "test" }) : { kept: all, taken: new Int32Array() };
  if (validation === 0) return ordered(first.kept, new Int32Array(), first.taken);
  const keptLabels = labels.slice(0, first.kept.length);
  for (const [i, row] of first.kept.entries()) keptLabels[i] = labels[row] ?? 0;
  const second = splitRows(keptLabels, validation, { seed, purpose: "validation" });
  const rowOf = (i: number): number => first.kept[i] ?? 0;
  return ordered(second.kept.map(rowOf), second.taken.map(rowOf), first.taken);
}

function ordered(train: Int32Array, validation: Int32Array, test: Int32Array): SplitOrder {
  const order = new Int32Array(train.length + validation.length + test.length);
  order.set(train);
  order.set(validation, train.length);
  order.set(test, train.length + validation.length);
  return { order, testRows: test.length, validationRows: validation.length };
}

function tooFew(name: string, rows: number, parts: number): DataError {
  return new DataError({
    file: name,
    expected: `at least ${parts} rows, one for each part of the split`,
    found: `${rows}`,
    cure: "Give more rows.",
  });
}
