// What a run would be, worked out from data and options alone: nothing is allocated and nothing starts.
import type { BackendName } from "@gradloom/kernels";
import { checkTrainingData } from "./data/check-dataset.ts";
import { limitRows, type TrainingData } from "./data/dataset.ts";
import { inputDensity } from "./data/input-density.ts";
import { defaultBatchSize } from "./default-batch.ts";
import { UsageError } from "./errors.ts";
import { checkAgainstData, resolveOptions, type TrainingOptions } from "./options.ts";
import { mostWorkers, needsFixedCuts } from "./parallel/cuts.ts";
import { epochSize } from "./parallel/epoch-size.ts";
import { type MemoryUse, memoryLayout, type NetSizes, netLayout } from "./parallel/memory-layout.ts";
import { agreedProducts, type UsualProducts } from "./parallel/ranks/agreed-products.ts";
import { withShards } from "./parallel/ranks/check-shards.ts";
import { shareOf } from "./parallel/ranks/share.ts";
import { backendOf } from "./parallel/run-plan.ts";
import { settledSparse, skipsZeros } from "./parallel/skipped-zeros.ts";

/** What a run will do and take, known before it starts. */
export interface TrainingPlan {
  /**
   * With every default filled in, and no more workers than have something to do; on a native BLAS `sparse` is what is done,
   * "on" or "off".
   */
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
  /**
   * Bytes of shared memory by purpose, on the first rank and with gradients in one part. The process itself, its threads, its
   * snapshot of the parameters and what the optimizer keeps, and the files' copy in memory come on top.
   */
  readonly memory: MemoryUse;
}

/**
 * @param ranks how many processes a launcher starts for the run, which then has shards, also for one: as `train` has it with
 *   `hooks.ranks`. Default: no launcher
 * @throws UsageError for options out of range, and for ranks that cannot share the shards evenly.
 * @throws DataError when the data are not sound or the options do not fit them.
 */
export function planTraining(
  data: TrainingData,
  given: Partial<TrainingOptions> = {},
  ranks?: number,
): TrainingPlan {
  const taken = ranks === undefined ? given : withShards(given, { rank: 0, size: ranks });
  const { used: _, ...plan } = prepareTraining(data, taken, { ranks });
  return plan;
}

/** What a run has around it, beside its data and options. */
export interface Surroundings {
  /** What decides the bits of a native BLAS's products where the options do not say. Default: as for a new run here. */
  readonly products?: UsualProducts;
  /** How many processes share the run's shards evenly. Default 1. */
  readonly ranks?: number | undefined;
}

/** The plan, and the data it is for. */
export function prepareTraining(
  data: TrainingData,
  given: Partial<TrainingOptions>,
  around: Surroundings = {},
): TrainingPlan & { readonly used: TrainingData } {
  const resolved = resolveOptions({ ...given, batchSize: given.batchSize ?? batchFor(data, given.limit) });
  checkPrecision(resolved);
  const used = usedData(data, resolved);
  const layers = netSizes(used, resolved);
  const backend = backendOf(resolved.backend);
  const fixedCuts = needsFixedCuts(backend, resolved.batchSize);
  const usual = around.products ?? agreedProducts(undefined, {}, undefined);
  const pieces = fixedCuts ? (resolved.pieces ?? usual.pieces) : undefined;
  const density = inputDensity(used.train);
  const choice = backend === "blas" && resolved.sparse === "auto" ? usual.sparse : resolved.sparse;
  const sparse = skipsZeros(choice, density, backend);
  const settled = { ...resolved, pieces, sparse: settledSparse(backend, sparse) ?? resolved.sparse };
  const options = withFewerWorkers(settled, layers, around.ranks);
  const share = shareOf(used.train.rows, options, { rank: 0, size: around.ranks ?? 1 });
  return {
    used,
    options,
    layers,
    parameters: Object.values(netLayout(layers).entries).reduce((sum, { size }) => sum + size, 0),
    backend,
    rows: used.train.rows,
    ...(used.validation === undefined ? {} : { validationRows: used.validation.rows }),
    testRows: used.test.rows,
    stepsPerEpoch: epochSize(used.train.rows, options).stepsPerEpoch,
    density,
    sparse,
    memory: memoryLayout(used, layers, options, sparse, share).use,
  };
}

function batchFor({ train }: TrainingData, limit = train.rows): number {
  return defaultBatchSize(Math.min(limit, train.rows));
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

/**
 * A batch of one row has nothing to share: one worker, with nobody to wait for, is the fastest. Where the cuts are fixed,
 * only so many workers have something to do, and the others would be waited for.
 */
function withFewerWorkers(options: TrainingOptions, layers: NetSizes, ranks?: number): TrainingOptions {
  const { batchSize, pieces } = options;
  if (batchSize === 1) return { ...options, workers: 1 };
  if (pieces === undefined) return options;
  const most = mostWorkers(netLayout(layers), { ...options, pieces }, ranks);
  return { ...options, workers: Math.min(options.workers, most) };
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
