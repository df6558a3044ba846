// One epoch on one rank: every minibatch of the shared order, two barriers a step, no message in between.
import { LoadBalance, PhaseOfCut } from "./balance/load-balance.ts";
import type { Barrier } from "./barrier.ts";
import { type Control, Decision, Wish, Word } from "./control.ts";
import { scheduleOf } from "./learning-rate.ts";
import type { RankState } from "./rank-state.ts";
import type { RunPlan } from "./run-plan.ts";
import { Step } from "./step.ts";
import type { EpochTask } from "./worker.ts";

export function runEpoch(
  plan: RunPlan,
  state: RankState,
  { epoch, step: stepsBefore, plateauRate }: EpochTask,
  control: Control,
  barrier: Barrier,
): void {
  const { rowsPerEpoch: rows, batchSize, clipNorm } = plan;
  const rateAt = scheduleOf(plan.rate, plateauRate);
  let iteration = (epoch - 1) * plan.stepsPerEpoch + stepsBefore;
  const stepsLeft = plan.stepsPerEpoch - stepsBefore;
  const balance =
    plan.workers > 1 && !plan.fixedCuts ? new LoadBalance(plan, state.rank, stepsLeft) : undefined;
  const stepOf = (count: number): Step => new Step(state, count, { cuts: balance?.cuts });
  let whole = stepOf(batchSize);
  const { clock } = state;
  clock?.start();
  for (let start = stepsBefore * batchSize; start < rows; start += batchSize) {
    const step = start + batchSize <= rows ? whole : stepOf(rows - start);
    balance?.begin(PhaseOfCut.ROWS);
    step.computeRows(start);
    balance?.end(PhaseOfCut.ROWS);
    barrier.wait();
    clock?.lap("barrier 1");
    balance?.begin(PhaseOfCut.PARAMETERS);
    step.sumGradients();
    if (clipNorm !== undefined) {
      balance?.end(PhaseOfCut.PARAMETERS);
      const norm = normOfAll(step, barrier);
      balance?.begin(PhaseOfCut.PARAMETERS);
      step.scaleGradients(norm, clipNorm);
    }
    iteration += 1;
    step.update(iteration, rateAt(iteration));
    if (!step.isFinite()) Atomics.or(control.words, Word.DECISION, Decision.BROKEN);
    if (state.rank === 0) decide(step, control);
    balance?.end(PhaseOfCut.PARAMETERS);
    balance?.publish();
    barrier.wait();
    clock?.lap("barrier 2");
    if (Atomics.load(control.words, Word.DECISION) !== Decision.GO_ON) return;
    if (balance?.move() && start + 2 * batchSize <= rows) whole = stepOf(batchSize);
  }
}

/** The norm of all gradients. Nobody may scale any before everybody has read them: whoever returns may. */
export function normOfAll(step: Step, barrier: Barrier): number {
  barrier.wait();
  const norm = step.gradientNorm();
  barrier.wait();
  return norm;
}

/** Only one rank decides, between the barriers: all others read the same word after the second one. */
function decide(step: Step, { words, lossSum }: Control): void {
  const loss = step.lossSum();
  lossSum[0] = (lossSum[0] ?? 0) + loss;
  Atomics.add(words, Word.STEPS, 1);
  if (!Number.isFinite(loss)) Atomics.or(words, Word.DECISION, Decision.DIVERGED);
  else if (Atomics.load(words, Word.STOP) !== Wish.NONE) Atomics.or(words, Word.DECISION, Decision.STOP);
}
