// What a net is judged by: mean loss, accuracy and confusion matrix over all rows of a split, counted by all workers.
import { controlOf, Word } from "./control.ts";
import type { Split } from "./memory-layout.ts";
import { viewOf } from "./place.ts";
import type { ResilientPool } from "./resilient-pool.ts";
import type { RunPlan } from "./run-plan.ts";

/** How a net does on a set of rows. The same bits for any number of workers. */
export interface Evaluation {
  readonly rows: number;
  /** Share of the rows classified right, 0 to 1; ties in the scores go to the first class. */
  readonly accuracy: number;
  /** Mean loss, summed in the order of the rows. */
  readonly loss: number;
  /** confusion[label][predicted]: how many rows of one class were taken for another. */
  readonly confusion: readonly (readonly number[])[];
}

export async function evaluate(plan: RunPlan, pool: ResilientPool, split: Split): Promise<Evaluation> {
  const { words } = controlOf(plan.control);
  await pool.run({ kind: "evaluate", split }, () => Atomics.store(words, Word.NEXT_BLOCK, 0));

  const places = plan.splits[split];
  if (places === undefined) throw new RangeError(`this run has no ${split} rows`);
  const labels = viewOf(plan.memory, places.labels).data;
  const predicted = viewOf(plan.memory, plan.arrays.predicted).data;
  const losses = viewOf(plan.memory, plan.arrays.evaluatedLosses).data;
  const classes = plan.net.sizes.at(-1) ?? 0;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let correct = 0;
  let loss = 0;
  for (const [row, label] of labels.entries()) {
    const guess = predicted[row] ?? -1;
    const counts = confusion[label];
    if (counts?.[guess] !== undefined) counts[guess] += 1;
    if (guess === label) correct += 1;
    loss += losses[row] ?? Number.NaN;
  }
  return { rows: labels.length, accuracy: correct / labels.length, loss: loss / labels.length, confusion };
}
