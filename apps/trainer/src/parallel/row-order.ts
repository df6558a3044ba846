// The order in which an epoch takes the training rows: a pure function of seed and epoch.
import { permutation } from "@gradloom/core";
import type { TrainingOptions } from "../options.ts";

/** Fills `order` with row numbers, from the first minibatch of the epoch to its last. */
export function fillOrder(
  order: Int32Array,
  epoch: number,
  { seed, batchSize, overfitOneBatch }: Pick<TrainingOptions, "seed" | "batchSize" | "overfitOneBatch">,
): void {
  const shuffled = overfitOneBatch === true ? 1 : epoch;
  permutation(order.length, { seed, stream: `shuffle/${shuffled}` }, order);
  if (overfitOneBatch !== true) return;
  for (let i = batchSize; i < order.length; i++) order[i] = order[i - batchSize] ?? 0;
}
