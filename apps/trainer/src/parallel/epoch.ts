// One epoch on one rank: every minibatch of the shared order, two barriers a step, no message in between.
import type { Barrier } from "./barrier.ts";
import { type Control, Decision, Wish, Word } from "./control.ts";
import type { RankState } from "./rank-state.ts";
import type { RunPlan } from "./run-plan.ts";
import { Step } from "./step.ts";

export function runEpoch(
  plan: RunPlan,
  state: RankState,
  { epoch, step: stepsBefore }: { readonly epoch: number; readonly step: number },
  control: Control,
  barrier: Barrier,
): void {
  const { rowsPerEpoch: rows, batchSize } = plan;
  let iteration = (epoch - 1) * plan.stepsPerEpoch + stepsBefore;
  const whole = new Step(state, batchSize);
  const tailRows = rows % batchSize;
  const tail = tailRows === 0 ? whole : new Step(state, tailRows);
  const { clock } = state;
  clock?.start();
  for (let start = stepsBefore * batchSize; start < rows; start += batchSize) {
    const step = start + batchSize <= rows ? whole : tail;
    step.computeRows(start);
    barrier.wait();
    clock?.lap("barrier 1");
    step.updateSlice(++iteration);
    if (state.rank === 0) decide(step, control);
    barrier.wait();
    clock?.lap("barrier 2");
    if (Atomics.load(control.words, Word.DECISION) !== Decision.GO_ON) return;
  }
}

/** Only one rank decides, between the barriers: all others read the same word after the second one. */
function decide(step: Step, { words, lossSum }: Control): void {
  const loss = step.lossSum();
  lossSum[0] = (lossSum[0] ?? 0) + loss;
  Atomics.add(words, Word.STEPS, 1);
  if (!Number.isFinite(loss)) Atomics.store(words, Word.DECISION, Decision.DIVERGED);
  else if (Atomics.load(words, Word.STOP) !== Wish.NONE) Atomics.store(words, Word.DECISION, Decision.STOP);
}
