// What a net makes of every row of a data set: class, confidence and loss, a block of rows at a time.
import { setImmediate } from "node:timers/promises";
import type { MultiLayerNet } from "@gradloom/core";
import { defaultKernels } from "@gradloom/kernels";
import ndarray from "ndarray";
import type { Dataset } from "../../../data/dataset.ts";
import { samplesOf } from "./samples.ts";

export interface Predictions {
  /** The class with the highest probability, the first of them in a tie; one for each row. */
  readonly predicted: Int32Array;
  /** Its probability. */
  readonly confidence: Float64Array;
  /** The probability of the row's own class. */
  readonly labelProbability: Float64Array;
  /** Mean loss of the rows. */
  readonly loss: number;
}

/** Numbers in a block of samples: 4 MB of float32, small beside any data set that is worth blocks. */
const BLOCK_NUMBERS = 1_000_000;

/** In one go. */
export function predictRows(net: MultiLayerNet, set: Dataset): Predictions {
  const blocks = predictBlocks(net, set);
  for (;;) {
    const { done, value } = blocks.next();
    if (done) return value;
  }
}

/** The same, and between two blocks whoever else waits has a turn. @throws the signal's reason, once it is aborted then. */
export async function predictInTurns(
  net: MultiLayerNet,
  set: Dataset,
  signal?: AbortSignal,
): Promise<Predictions> {
  const blocks = predictBlocks(net, set);
  for (;;) {
    const { done, value } = blocks.next();
    if (done) return value;
    await setImmediate();
    signal?.throwIfAborted();
  }
}

/** Stops between two blocks. Each row's results are the same however the blocks are cut. */
function* predictBlocks(net: MultiLayerNet, set: Dataset): Generator<undefined, Predictions> {
  const predicted = new Int32Array(set.rows);
  const confidence = new Float64Array(set.rows);
  const labelProbability = new Float64Array(set.rows);
  const block = Math.min(1000, Math.max(1, Math.floor(BLOCK_NUMBERS / set.columns)));
  let lossSum = 0;
  for (let start = 0; start < set.rows; start += block) {
    if (start > 0) yield;
    const count = Math.min(block, set.rows - start);
    const rows = Int32Array.from({ length: count }, (_, i) => start + i);
    const scores = net.predict(samplesOf(set, rows, net.dtype));
    const labels = ndarray(Int32Array.from(rows, (row) => set.labels[row]));
    const { y, losses } = defaultKernels().softmaxCrossEntropy(scores, labels);
    for (let i = 0; i < count; i++) {
      const row = start + i;
      const best = largest(set.classes, (k) => y.get(i, k));
      predicted[row] = best;
      confidence[row] = y.get(i, best);
      labelProbability[row] = y.get(i, set.labels[row]);
      lossSum += losses.get(i);
    }
  }
  return { predicted, confidence, labelProbability, loss: lossSum / set.rows };
}

function largest(count: number, value: (k: number) => number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (value(k) > value(best)) best = k;
  return best;
}
