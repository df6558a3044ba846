// Where everything lies in a run's one memory, planned from sizes alone: nothing is allocated here.
import { layout, type ParameterLayout } from "@gradloom/core";
import { type Dtype, type Region, SCRATCH_BYTES } from "@gradloom/kernels";
import type { Dataset, TrainingData } from "../data/dataset.ts";
import type { TrainingOptions } from "../options.ts";
import { optimizerOf } from "./optimizer.ts";
import { PHASES } from "./phase-clock.ts";
import { type Place, PlaceCursor } from "./place.ts";
import { type ExchangePlaces, exchangePlaces, startOf } from "./ranks/exchange-layout.ts";
import { judgedRows, type ShardShare, sizeOf } from "./ranks/share.ts";
import { bucketStarts, type Range } from "./shards.ts";

/** One set of samples: pixels or features as they were stored, and class numbers. */
export interface SamplePlaces {
  readonly images: Place<Dtype> | Place<"uint8">;
  /** Of all rows of the run. */
  readonly labels: Place<"int32">;
  readonly scale: number;
  /** Which row of the run the first of `images` is: 0, but in a run of several ranks. */
  readonly firstRow: number;
}

/** The sets that a net can be judged by. */
export type Split = "train" | "validation" | "test";

/** Every set of samples that the run has. */
export interface SplitPlaces {
  readonly train: SamplePlaces;
  readonly validation?: SamplePlaces;
  readonly test: SamplePlaces;
}

export interface RunArrays {
  readonly parameters: Place<Dtype>;
  readonly gradients: Place<Dtype>;
  /** Of a run in shards. */
  readonly exchange?: ExchangePlaces;
  /** What the optimizer keeps from step to step, each as long as the parameters. */
  readonly state: readonly Place<Dtype>[];
  /** This epoch's order of the training rows. */
  readonly order: Place<"int32">;
  /** The minibatch: x (B,D), of bytes where `byteScaleOf` finds one, and class numbers t (B). Evaluation uses the same arrays, so they may have more rows. */
  readonly x: Place<Dtype> | Place<"uint8">;
  readonly t: Place<"int32">;
  /**
   * Each layer's output for the minibatch (B,·), and the loss's gradient with respect to it. An activation works in place:
   * its place is that of the Affine before it.
   */
  readonly out: readonly Place<Dtype>[];
  readonly dout: readonly Place<Dtype>[];
  /** softmax of the last output (B,C), and each sample's loss (B). */
  readonly y: Place<Dtype>;
  readonly losses: Place<Dtype>;
  /** What evaluation finds for each row of the split under way: its class and its loss. */
  readonly predicted: Place<"int32">;
  readonly evaluatedLosses: Place<Dtype>;
  /** Milliseconds that each rank spent in each phase of its steps. */
  readonly phases: readonly Place<"float64">[];
  /** Milliseconds that each rank works in either phase of a step, and where the ranks are cut: see balance/. */
  readonly busy: readonly Place<"float64">[];
  readonly cutPoints: readonly Place<"float64">[];
}

/** Bytes by purpose: what a run will take before it takes it. */
export interface MemoryUse {
  readonly data: number;
  /** Parameters, gradients, and what the optimizer keeps. */
  readonly parameters: number;
  /** The minibatch, every layer's output and its gradient, and what evaluation writes. */
  readonly activations: number;
  /** Room for the workers' kernels. */
  readonly scratch: number;
  readonly total: number;
}

export interface MemoryLayout {
  readonly splits: SplitPlaces;
  readonly arrays: RunArrays;
  /** Each worker's own corner, for its kernels' packing. */
  readonly scratch: readonly Region[];
  readonly use: MemoryUse;
}

/** A worker evaluates at least so many rows at a time, however small the minibatch: W1 is read once for all of them. */
export const EVALUATED_AT_ONCE = 64;

/** Input size, hidden sizes from the input on, output size. */
export type NetSizes = readonly number[];

/** W1 b1 W2 b2 …: the parameters of the Affine layers between these sizes, in one flat vector. */
export function netLayout(sizes: NetSizes): ParameterLayout {
  const shapes = sizes.slice(1).flatMap((width, i): (readonly [string, readonly number[]])[] => [
    [`W${i + 1}`, [sizes[i] ?? 0, width]],
    [`b${i + 1}`, [width]],
  ]);
  return layout(Object.fromEntries(shapes));
}

export function memoryLayout(
  data: TrainingData,
  sizes: NetSizes,
  {
    dtype,
    batchSize,
    workers,
    optimizer,
  }: Pick<TrainingOptions, "dtype" | "batchSize" | "workers" | "optimizer">,
  sparseInput: boolean,
  share?: ShardShare,
  buckets = 1,
): MemoryLayout {
  const [columns = 0, ...rest] = sizes;
  const classes = rest.at(-1) ?? 0;
  const mostRows = Math.max(data.train.rows, data.validation?.rows ?? 0, data.test.rows);
  const batchRows = share?.batchRows ?? batchSize;
  const passRows = Math.max(batchRows, workers * EVALUATED_AT_ONCE);
  const cursor = new PlaceCursor();
  const floats = (...shape: number[]): Place<Dtype> => cursor.place(dtype, shape);
  const whole = (...shape: number[]): Place<"int32"> => cursor.place("int32", shape);
  // Each hidden layer is an Affine and its activation, which works in place; the last Affine stands alone.
  const outputs = (rows: number): Place<Dtype>[] =>
    rest.flatMap((width, i) => {
      const place = floats(rows, width);
      return i < rest.length - 1 ? [place, place] : [place];
    });
  const samples = (set: Dataset, rows: Range = { from: 0, to: set.rows }): SamplePlaces => ({
    images: imagePlace({ ...set, rows: sizeOf(rows) }, dtype, cursor),
    labels: whole(set.rows),
    scale: set.scale,
    firstRow: rows.from,
  });
  const judged = (set: Dataset): SamplePlaces => samples(set, judgedRows(share, set.rows, false));

  const splits = {
    train: samples(data.train, share?.rows),
    ...(data.validation === undefined ? {} : { validation: judged(data.validation) }),
    test: judged(data.test),
  };
  const order = whole(splits.train.images.shape[0] ?? 0);
  const afterData = cursor.byteLength;
  const parameters = netLayout(sizes);
  const { length } = parameters;
  const starts = bucketStarts(parameters, rest.length, buckets);
  const exchange = share && exchangePlaces(share, length, starts, dtype, cursor);
  const learned = {
    parameters: floats(length),
    ...(exchange === undefined
      ? { gradients: floats(length) }
      : { gradients: startOf(exchange.gradients, length), exchange }),
    state: optimizerOf(optimizer).stateNames.map(() => floats(length)),
  };
  const afterParameters = cursor.byteLength;
  const batch = {
    x:
      byteScaleOf(data, sparseInput) === undefined
        ? floats(passRows, columns)
        : cursor.place("uint8", [passRows, columns]),
    t: whole(batchRows),
    out: outputs(passRows),
    dout: outputs(batchRows),
    y: floats(passRows, classes),
    losses: floats(batchRows),
    predicted: whole(mostRows),
    evaluatedLosses: floats(mostRows),
    phases: Array.from({ length: workers }, () => cursor.place("float64", [PHASES.length])),
    busy: Array.from({ length: workers }, () => cursor.place("float64", [2])),
    cutPoints: Array.from({ length: 2 }, () => cursor.place("float64", [workers + 1])),
  };
  const afterBatch = cursor.byteLength;
  const scratch = Array.from({ length: workers }, () => cursor.region(SCRATCH_BYTES));

  const total = cursor.byteLength;
  return {
    splits,
    arrays: { order, ...learned, ...batch },
    scratch,
    use: {
      data: afterData,
      parameters: afterParameters - afterData,
      activations: afterBatch - afterParameters,
      scratch: total - afterBatch,
      total,
    },
  };
}

/**
 * What a byte of the inputs is worth, where a minibatch keeps them as bytes: where their zeros are skipped, so that most
 * of them would be made floats for nothing. Undefined elsewhere.
 */
export function byteScaleOf(
  { train, validation, test }: TrainingData,
  sparseInput: boolean,
): number | undefined {
  const sets = [train, test, ...(validation === undefined ? [] : [validation])];
  const asBytes = sets.every(({ images, scale }) => images instanceof Uint8Array && scale === train.scale);
  return sparseInput && asBytes && Math.fround(train.scale) !== 0 ? train.scale : undefined;
}

/**
 * Bytes stay bytes in memory, four times smaller than floats, and become floats on their way into a minibatch.
 * Anything else is kept in the run's own dtype.
 */
function imagePlace(
  { images, rows, columns }: Dataset,
  dtype: Dtype,
  cursor: PlaceCursor,
): SamplePlaces["images"] {
  return images instanceof Uint8Array
    ? cursor.place("uint8", [rows, columns])
    : cursor.place(dtype, [rows, columns]);
}
