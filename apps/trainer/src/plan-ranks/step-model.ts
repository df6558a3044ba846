// What a training step takes on P machines: its computing, shared, and its exchange.
import type { BackendName } from "@gradloom/kernels";
import { possibleBuckets } from "../parallel/ranks/possible-buckets.ts";
import { sliceExchange } from "./exchange-model.ts";
import { fixedSlices } from "./fixed-slices.ts";
import type { Network } from "./network.ts";
import { payingBuckets, type StepParts, stepInBuckets } from "./overlap-model.ts";

export interface Work {
  /** Widths of the layers, the input's first. */
  readonly layers: readonly number[];
  readonly batchSize: number;
  /** Of a parameter. */
  readonly itemBytes: number;
  /** Operations that one machine makes in a second. */
  readonly flops: number;
  /** Who computes, where the run has to be told. */
  readonly backend?: BackendName | undefined;
  /** How a native BLAS's products are cut on one machine, and by how many workers computed. */
  readonly native?: { readonly pieces: number; readonly workers: number } | undefined;
}

/** One line of the plan. Times in seconds. */
export interface StepOnRanks {
  readonly ranks: number;
  /** Rows of a step that each rank has. */
  readonly rows: number;
  readonly compute: number;
  readonly exchange: number;
  /** Parts that the gradients are exchanged in, each while the next is computed; 1 where that does not pay. */
  readonly buckets: number;
  /** With that overlap. */
  readonly step: number;
  /** The step when exchange and backward take turns. */
  readonly inTurns: number;
  /** Rows a second, by those of one machine. */
  readonly speedUp: number;
  /** The same for each machine: 1 where nothing is lost. */
  readonly efficiency: number;
}

/** Operations of a sample: forward, dW, and the gradient for the input of every layer but the first. */
export function flopsOfSample(layers: readonly number[]): number {
  const products = layers.slice(1).map((width, i) => (layers[i] ?? 0) * width);
  return products.reduce((sum, product, i) => sum + (i === 0 ? 4 : 6) * product, 0);
}

/** Bytes that an exchange sums: every W and b. */
export function gradientBytes({ layers, itemBytes }: Work): number {
  const parameters = layers.slice(1).reduce((sum, width, i) => sum + ((layers[i] ?? 0) + 1) * width, 0);
  return parameters * itemBytes;
}

/** The batch is shared: the same run on more machines. */
export function strongScaling(work: Work, network: Network, ranks: number): StepOnRanks {
  return stepOn(work, network, ranks, work.batchSize);
}

/** Every rank has a batch: a run with larger batches, which learns otherwise. */
export function weakScaling(work: Work, network: Network, ranks: number): StepOnRanks {
  return stepOn(work, network, ranks, work.batchSize * ranks);
}

/** One rank's share of a step, as the overlap of exchange and backward sees it. */
export function stepParts(work: Work, rows: number): StepParts {
  const compute = (rows * flopsOfSample(work.layers)) / work.flops;
  const products = work.layers.slice(1).reduce((sum, width, i) => sum + (work.layers[i] ?? 0) * width, 0);
  const weights = (rows * 2 * products) / work.flops;
  return { before: compute - weights, weights, bytes: gradientBytes(work) };
}

function stepOn(work: Work, network: Network, ranks: number, batchSize: number): StepOnRanks {
  const rows = batchSize / ranks;
  const parts = stepParts(work, rows);
  const compute = parts.before + parts.weights;
  const exchange = ranks === 1 ? 0 : sliceExchange(ranks, parts.bytes, network);
  const counts = possibleBuckets(work.layers, ranks, fixedSlices(work, batchSize));
  const buckets = payingBuckets(parts, ranks, network, counts);
  const [step, inTurns] = [stepInBuckets(parts, ranks, network, buckets), compute + exchange];
  const efficiency = compute / step;
  return { ranks, rows, compute, exchange, buckets, step, inTurns, speedUp: ranks * efficiency, efficiency };
}
