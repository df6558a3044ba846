// Everything a run shares, as plain data: one memory, where each array lies in it, and the settings of the step.
import type { Input } from "@gradloom/core";
import {
  Arena,
  type BackendName,
  createKernels,
  type Dtype,
  defaultBackend,
  type LinearMemory,
  type Region,
  UnsupportedError,
} from "@gradloom/kernels";
import type { TrainingData } from "../data/dataset.ts";
import { UsageError } from "../errors.ts";
import type { BackendChoice, TrainingOptions } from "../options.ts";
import { createControlBuffer } from "./control.ts";
import { fixedBlock, needsFixedCuts, usualPieces } from "./cuts.ts";
import { type EpochSize, epochSize } from "./epoch-size.ts";
import { type RateSettings, rateSettings } from "./learning-rate.ts";
import { checkMemory } from "./memory-check.ts";
import {
  byteScaleOf,
  memoryLayout,
  type NetSizes,
  netLayout,
  type RunArrays,
  type SplitPlaces,
} from "./memory-layout.ts";
import { type OptimizerSettings, optimizerSettings } from "./optimizer.ts";
import { type Place, viewOf } from "./place.ts";
import { PEER_TIMEOUT_SECONDS, type RanksAddress } from "./ranks/ranks.ts";
import { ONE_RANK, type RankPlace, type ShardShare, shareOf } from "./ranks/share.ts";

export interface RunPlan extends EpochSize {
  readonly memory: LinearMemory;
  readonly control: SharedArrayBuffer;
  readonly splits: SplitPlaces;
  readonly arrays: RunArrays;
  /** Each worker's own corner of the memory, for its kernels' packing. */
  readonly scratch: readonly Region[];
  /** This process's part of a run in shards. */
  readonly share: ShardShare | undefined;
  /** How the workers reach the other ranks, where there are some. */
  readonly ranks: RanksAddress | undefined;
  readonly workers: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
  readonly rate: RateSettings;
  /** The norm that the gradient is clipped to. */
  readonly clipNorm: number | undefined;
  readonly backend: BackendName;
  /** Whether a step is cut the same way for any number of workers: its products' bits depend on their sizes. */
  readonly fixedCuts: boolean;
  /** How many pieces it is cut into then, at most. */
  readonly pieces: number;
  /** Rows of a block of evaluation. */
  readonly evaluatedAtOnce: number;
  readonly net: {
    readonly sizes: NetSizes;
    readonly activation: "relu" | "sigmoid";
    readonly dtype: Dtype;
  };
  /** Whether the workers' first layer skips the zeros of its input. */
  readonly sparseInput: boolean;
  /** What a byte of a minibatch is worth, if it holds bytes. */
  readonly byteScale: number | undefined;
  readonly barrier: { readonly deadlineMs: number; readonly spin: boolean };
  /** Whether ranks measure the phases of their steps. */
  readonly profile: boolean;
}

export interface PlanSettings {
  readonly cores: number;
  readonly barrierMs?: number;
  readonly profile?: boolean;
  /** For tests; without it, as the backend needs it. */
  readonly fixedCuts?: boolean;
  /** Whether the first layer skips the zeros of its input. */
  readonly sparseInput: boolean;
  /** How many parts a step's gradients are exchanged in; 1 when left out. */
  readonly buckets?: number;
  /** The process's place among others, and how to reach them. */
  readonly ranks?: { readonly world: RankPlace; readonly address: RanksAddress } | undefined;
}

/** Waiting longer than this means that something is wrong, on top of what a slow machine may compute in a step. */
const BARRIER_DEADLINE_MS = 60_000;
/** No machine that anybody trains on is slower than this, even with plain loops and other work beside. */
const SLOWEST_FLOPS = 2e8;

/**
 * Lays the memory out and allocates it once, all zeros: `fillData` copies the data in.
 * @throws UsageError when the run does not fit into one WebAssembly memory, or into the machine's, and when this machine
 *   has not the backend that the options ask for.
 */
export function planRun(
  data: TrainingData,
  sizes: NetSizes,
  options: TrainingOptions,
  { cores, barrierMs, profile = false, sparseInput, ranks, ...settings }: PlanSettings,
): RunPlan {
  const { dtype, batchSize, workers, activation } = options;
  const backend = backendOf(options.backend);
  const fixedCuts = settings.fixedCuts ?? needsFixedCuts(backend, batchSize);
  const pieces = options.pieces ?? usualPieces(cores);
  const epoch = epochSize(data.train.rows, options);
  const place = ranks?.world ?? ONE_RANK;
  const share = shareOf(data.train.rows, options, place);
  const { use, ...places } = memoryLayout(data, sizes, options, sparseInput, share, settings.buckets);
  const peerMs = place.size === 1 ? 0 : 1000 * (options.peerTimeout ?? PEER_TIMEOUT_SECONDS);
  checkMemory(use.total);
  const { memory } = Arena.create({ byteLength: use.total, shared: true });
  return {
    ...places,
    memory,
    control: createControlBuffer(),
    share,
    ranks: place.size === 1 ? undefined : ranks?.address,
    workers,
    batchSize,
    ...epoch,
    optimizer: optimizerSettings(options),
    rate: rateSettings(options, epoch.stepsPerEpoch),
    clipNorm: options.clipNorm,
    backend,
    fixedCuts,
    pieces,
    evaluatedAtOnce: fixedCuts
      ? fixedBlock(netLayout(sizes), { ...options, pieces })
      : Math.floor((places.arrays.x.shape[0] ?? 0) / workers),
    net: { sizes, activation, dtype },
    sparseInput,
    byteScale: byteScaleOf(data, sparseInput),
    barrier: {
      deadlineMs: barrierMs ?? BARRIER_DEADLINE_MS + slowestStepMs(sizes, batchSize) + peerMs,
      spin: workers <= cores,
    },
    profile,
  };
}

/**
 * Compiles the kernels on this thread, which keeps them for as long as the process lives. The engine shares the code
 * among threads; were the workers its only owners, every pool that ends would free it, and V8 13 can crash while one
 * thread frees code and another allocates some (`Check failed: jit_page.has_value()`).
 * @throws UsageError when this machine has not the backend.
 */
export function keepCompiled({ backend, memory, scratch }: RunPlan): void {
  try {
    createKernels({ backend, arena: new Arena(memory, scratch[0]) });
  } catch (cause) {
    // A native library that is missing: the message says what to install.
    if (cause instanceof UnsupportedError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

/** Two operations for every parameter and row, forward and for either gradient, on the slowest machine. */
function slowestStepMs(sizes: NetSizes, batchSize: number): number {
  return ((6 * batchSize * netLayout(sizes).length) / SLOWEST_FLOPS) * 1000;
}

/** The backend that a choice means on this machine. */
export function backendOf(choice: BackendChoice): BackendName {
  try {
    return choice === "auto" ? defaultBackend() : choice;
  } catch (cause) {
    // Only the environment can name a backend that does not exist.
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Images or a minibatch at their place, as a worker sees them. */
export function inputOf(memory: LinearMemory, place: Place<Dtype> | Place<"uint8">): Input {
  // Two branches that look alike: each has a type of its own.
  return place.dtype === "uint8" ? viewOf(memory, place) : viewOf(memory, place);
}
