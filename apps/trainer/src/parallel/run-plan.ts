// Everything a run shares, as plain data: one memory, where each array lies in it, and the settings of the step.
import { layout, type ParameterLayout } from "@gradloom/core";
import {
  Arena,
  type BackendName,
  type Dtype,
  type IntegerTensor,
  type LinearMemory,
  type Region,
  SCRATCH_BYTES,
  type Tensor,
} from "@gradloom/kernels";
import type { Dataset, TrainingData } from "../data/dataset.ts";
import { UsageError } from "../errors.ts";
import type { TrainingOptions } from "../options.ts";
import { createControlBuffer } from "./control.ts";
import { type Place, PlaceCursor, viewOf } from "./place.ts";

/** One set of samples: pixels or features as they were stored, and class numbers. */
export interface SamplePlaces {
  readonly images: Place<Dtype> | Place<"uint8">;
  readonly labels: Place<"int32">;
  readonly scale: number;
}

export interface RunPlan {
  readonly memory: LinearMemory;
  readonly control: SharedArrayBuffer;
  /** Each worker's own corner of the memory, for its kernels' packing. */
  readonly scratch: readonly Region[];
  readonly workers: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly backend: BackendName;
  readonly net: {
    readonly sizes: readonly [inputSize: number, hiddenSize: number, outputSize: number];
    readonly activation: "relu" | "sigmoid";
    readonly dtype: Dtype;
  };
  readonly barrier: { readonly deadlineMs: number; readonly spin: boolean };
  readonly train: SamplePlaces;
  readonly test: SamplePlaces;
  readonly arrays: RunArrays;
}

export interface RunArrays {
  readonly parameters: Place<Dtype>;
  readonly gradients: Place<Dtype>;
  /** This epoch's order of the training rows. */
  readonly order: Place<"int32">;
  /** The minibatch: x (B,D) and class numbers t (B). */
  readonly x: Place<Dtype>;
  readonly t: Place<"int32">;
  /** Each layer's output for the minibatch (B,·), and the loss's gradient with respect to it. */
  readonly out: readonly Place<Dtype>[];
  readonly dout: readonly Place<Dtype>[];
  /** softmax of the last output (B,C), and each sample's loss (B). */
  readonly y: Place<Dtype>;
  readonly losses: Place<Dtype>;
  /** What evaluation finds for each row of the split under way: its class and its loss. */
  readonly predicted: Place<"int32">;
  readonly evaluatedLosses: Place<Dtype>;
}

/** Waiting longer than this means that something is wrong: the parts of one phase differ by far less. */
const BARRIER_DEADLINE_MS = 60_000;
/** WebAssembly addresses 32 bits. */
const MOST_BYTES = 2 ** 32;

export function netLayout([inputSize, hiddenSize, outputSize]: RunPlan["net"]["sizes"]): ParameterLayout {
  return layout({
    W1: [inputSize, hiddenSize],
    b1: [hiddenSize],
    W2: [hiddenSize, outputSize],
    b2: [outputSize],
  });
}

/**
 * Lays the memory out, allocates it once, and copies the data in; parameters and buffers are left at zero.
 * @throws UsageError when data and net do not fit into one WebAssembly memory (4 GiB).
 */
export function planRun(
  data: TrainingData,
  options: TrainingOptions,
  { cores, barrierMs = BARRIER_DEADLINE_MS }: { readonly cores: number; readonly barrierMs?: number },
): RunPlan {
  const { dtype, batchSize, hidden, workers } = options;
  const { columns, classes } = data.train;
  const sizes = [columns, hidden, classes] as const;
  const parameterCount = netLayout(sizes).length;
  const widths = [hidden, hidden, classes];

  const mostRows = Math.max(data.train.rows, data.test.rows);
  const cursor = new PlaceCursor();
  const floats = (...shape: number[]): Place<Dtype> => cursor.place(dtype, shape);
  const samples = (set: Dataset): SamplePlaces => ({
    images: imagePlace(set, cursor),
    labels: cursor.place("int32", [set.rows]),
    scale: set.scale,
  });
  const places = {
    train: samples(data.train),
    test: samples(data.test),
    arrays: {
      parameters: floats(parameterCount),
      gradients: floats(parameterCount),
      order: cursor.place("int32", [data.train.rows]),
      x: floats(batchSize, columns),
      t: cursor.place("int32", [batchSize]),
      out: widths.map((width) => floats(batchSize, width)),
      dout: widths.map((width) => floats(batchSize, width)),
      y: floats(batchSize, classes),
      losses: floats(batchSize),
      predicted: cursor.place("int32", [mostRows]),
      evaluatedLosses: floats(mostRows),
    },
    scratch: Array.from({ length: workers }, () => cursor.region(SCRATCH_BYTES)),
  };

  const memory = allocate(cursor.byteLength);
  copySamples(memory, places.train, data.train);
  copySamples(memory, places.test, data.test);
  return {
    ...places,
    memory,
    control: createControlBuffer(),
    workers,
    batchSize,
    learningRate: options.learningRate,
    backend: options.backend,
    net: { sizes, activation: options.activation, dtype },
    barrier: { deadlineMs: barrierMs, spin: workers <= cores },
  };
}

function allocate(byteLength: number): LinearMemory {
  if (byteLength > MOST_BYTES) {
    const gib = (byteLength / 2 ** 30).toFixed(1);
    throw new UsageError(
      `This run needs ${gib} GiB of shared memory and WebAssembly addresses at most 4 GiB. ` +
        "Use fewer rows (--limit), a smaller batch (--batch-size) or fewer hidden neurons (--hidden).",
    );
  }
  return Arena.create({ byteLength, shared: true }).memory;
}

/** The images at their place, as a worker sees them. */
export function imagesOf(memory: LinearMemory, { images }: SamplePlaces): Tensor | IntegerTensor<Uint8Array> {
  // Two branches that look alike: each has a type of its own.
  return images.dtype === "uint8" ? viewOf(memory, images) : viewOf(memory, images);
}

function copySamples(memory: LinearMemory, places: SamplePlaces, set: Dataset): void {
  imagesOf(memory, places).data.set(set.images);
  viewOf(memory, places.labels).data.set(set.labels);
}

/** Bytes stay bytes in memory, four times smaller than floats, and become floats on their way into a minibatch. */
function imagePlace({ images, rows, columns }: Dataset, cursor: PlaceCursor): SamplePlaces["images"] {
  if (images instanceof Uint8Array) return cursor.place("uint8", [rows, columns]);
  return cursor.place(images instanceof Float32Array ? "float32" : "float64", [rows, columns]);
}
