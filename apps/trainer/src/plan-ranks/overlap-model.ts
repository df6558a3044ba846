// What a step takes when gradients are exchanged in buckets, each while the next ones are still being computed.
//
//   forward, dx │ dW of bucket 0 │ dW of bucket 1 │ dW of bucket 2 │
//                                │ exchange 0 ───────│ exchange 1 ───────│ exchange 2 ───────│ update
//
// Only dW hides anything: all dx are computed before, and the last bucket is sent when there is nothing left to do.
import { sliceExchange } from "./exchange-model.ts";
import type { Network } from "./network.ts";

/** One rank's step. Times in seconds. */
export interface StepParts {
  /** Forward, loss and every dx. */
  readonly before: number;
  /** Every dW and db. */
  readonly weights: number;
  /** Bytes of the gradients. */
  readonly bytes: number;
}

/**
 * How many buckets a step may have. With more, each product is smaller and messages cost more; what a bucket more could
 * hide is less than a hundredth of a step.
 */
export const BUCKET_COUNTS: readonly number[] = [1, 2, 4, 8];

/** Overlap that saves less of a step than this is not worth its messages. */
export const PAYS_FROM = 0.05;

/** What a further bucket costs beside its messages: a barrier, some calls and smaller products, put generously. */
const SECONDS_PER_BUCKET = 50e-6;

/** The step in so many buckets of equal work and equal bytes, whose exchanges follow one another. In seconds. */
export function stepInBuckets(
  { before, weights, bytes }: StepParts,
  ranks: number,
  network: Network,
  buckets: number,
): number {
  const exchange = ranks === 1 ? 0 : sliceExchange(ranks, bytes / buckets, network);
  let sent = 0;
  for (let bucket = 1; bucket <= buckets; bucket++) {
    const computed = before + (weights * bucket) / buckets + (bucket - 1) * SECONDS_PER_BUCKET;
    sent = Math.max(computed, sent) + exchange;
  }
  return sent;
}

/** The count with the shortest step. */
export function fastestBuckets(
  parts: StepParts,
  ranks: number,
  network: Network,
  counts: readonly number[] = BUCKET_COUNTS,
): number {
  const times = counts.map((buckets) => stepInBuckets(parts, ranks, network, buckets));
  return counts[times.indexOf(Math.min(...times))] ?? 1;
}

/** The same, but 1 where overlap does not pay. */
export function payingBuckets(
  parts: StepParts,
  ranks: number,
  network: Network,
  counts: readonly number[] = BUCKET_COUNTS,
): number {
  const fastest = fastestBuckets(parts, ranks, network, counts);
  const [turns, overlapped] = [1, fastest].map((buckets) => stepInBuckets(parts, ranks, network, buckets));
  return (overlapped ?? 0) < (1 - PAYS_FROM) * (turns ?? 0) ? fastest : 1;
}
