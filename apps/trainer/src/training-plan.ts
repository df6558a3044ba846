// What a run would be, worked out from data and options alone: nothing is allocated and nothing starts.

import type { BackendName } from "@gradloom/kernels";
import { checkTrainingData } from "./data/check-dataset.ts";
import { limitRows, type TrainingData } from "./data/dataset.ts";
import { heldPart } from "./data/held-rows.ts";
import { UsageError } from "./errors.ts";
import { checkAgainstData, resolveOptions, type TrainingOptions } from "./options.ts";
import { epochSize } from "./parallel/epoch-size.ts";
import { inputDensity, skipsZeros } from "./parallel/input-density.ts";
import { type MemoryUse, memoryLayout, type NetSizes, netLayout } from "./parallel/memory-layout.ts";
import { backendOf } from "./parallel/run-plan.ts";

/** What a run will do and take, known before it starts. */
export interface TrainingPlan {
  /** With every default filled in; a batch of one row has one worker. */
  readonly options: TrainingOptions;
  /** Width of every layer, the input's first. */
  readonly layers: NetSizes;
  /** Numbers the network learns. */
  readonly parameters: number;
  /** The backend that would run here. */
  readonly backend: BackendName;
  readonly rows: number;
  /** Rows that judge every epoch, where there is a validation set. */
  readonly validationRows?: number;
  readonly testRows: number;
  readonly stepsPerEpoch: number;
  /** The share of the training inputs that is not 0, 0 to 1. */
  readonly density: number;
  /** Whether the first layer skips the zeros of its input. */
  readonly sparse: boolean;
  /** Bytes of shared memory by purpose. The process itself, its threads and the files' copy in memory come on top. */
  readonly memory: MemoryUse;
}

/**
 * @throws UsageError for options out of range.
 * @throws DataError when the data are not sound or the options do not fit them.
 */
export function planTraining(data: TrainingData, given: Partial<TrainingOptions> = {}): TrainingPlan {
  const { used: _, ...plan } = prepareTraining(data, given);
  return plan;
}

/** The plan, and the data it is for. */
export function prepareTraining(
  data: TrainingData,
  given: Partial<TrainingOptions>,
): TrainingPlan & { readonly used: TrainingData } {
  const options = withFewerWorkers(resolveOptions(given));
  checkPrecision(options);
  const used = usedData(data, options);
  const layers = netSizes(used, options);
  const density = inputDensity(heldPart(used.train));
  return {
    used,
    options,
    layers,
    parameters: Object.values(netLayout(layers).entries).reduce((sum, { size }) => sum + size, 0),
    backend: backendOf(options.backend),
    rows: used.train.rows,
    ...(used.validation === undefined ? {} : { validationRows: used.validation.rows }),
    testRows: used.test.rows,
    stepsPerEpoch: epochSize(used.train.rows, options).stepsPerEpoch,
    density,
    sparse: skipsZeros(options.sparse, density),
    memory: memoryLayout(used, layers, options).use,
  };
}

/** A number that is fine in float64 may be 0 or Infinity in the run's float32. */
function checkPrecision({ dtype, learningRate, init }: TrainingOptions): void {
  if (dtype === "float64") return;
  for (const [name, value] of Object.entries({ learningRate, init })) {
    if (typeof value !== "number" || (Number.isFinite(Math.fround(value)) && Math.fround(value) > 0))
      continue;
    throw new UsageError(
      `${name} ${value} is ${Math.fround(value)} in float32. Use a number between 1e-38 and 1e38, or dtype float64.`,
    );
  }
}

/** A batch of one row has nothing to share: one worker, with nobody to wait for, is the fastest. */
function withFewerWorkers(options: TrainingOptions): TrainingOptions {
  return options.batchSize === 1 ? { ...options, workers: 1 } : options;
}

/** The data a run trains on, judged, with `limit` applied. */
function usedData(data: TrainingData, options: TrainingOptions): TrainingData {
  checkTrainingData(data);
  checkAgainstData(options, data);
  return options.limit === undefined ? data : { ...data, train: limitRows(data.train, options.limit) };
}

/** Sizes of the net that options ask for on these data. */
function netSizes({ train }: TrainingData, { hidden }: TrainingOptions): NetSizes {
  return [train.columns, ...[hidden].flat(), train.classes];
}
