// An epoch of steps of one row each, on one worker alone: nothing to share, so no barrier, and the main thread's
// words are looked at only every few steps. The same layers, and the same bits as `runEpoch` would give.
import { type Control, Decision, Wish, Word } from "./control.ts";
import { scheduleOf } from "./learning-rate.ts";
import type { RankState } from "./rank-state.ts";
import { RowsAhead } from "./rows-ahead.ts";
import type { RunPlan } from "./run-plan.ts";
import { Step } from "./step.ts";
import type { EpochTask } from "./worker.ts";

/** Steps between two looks: they take less than a millisecond. */
const STEPS_PER_LOOK = 32;

export function runOnlineEpoch(
  plan: RunPlan,
  state: RankState,
  { epoch, step: stepsBefore, plateauRate }: EpochTask,
  { words, lossSum }: Control,
): void {
  const { stepsPerEpoch } = plan;
  const { clock } = state;
  const rateAt = scheduleOf(plan.rate, plateauRate);
  const step = new Step(state, 1);
  const ahead = new RowsAhead(state);
  const learn = learner(plan, step);
  const before = (epoch - 1) * stepsPerEpoch;
  let sum = lossSum[0] ?? 0;
  clock?.start();
  for (let done = stepsBefore + 1; done <= stepsPerEpoch; done++) {
    step.computeRow(ahead, ahead.place(done - 1));
    learn(before + done, rateAt(before + done));
    clock?.lap("update");
    const loss = step.lossSum();
    sum += loss;
    lossSum[0] = sum;
    Atomics.store(words, Word.STEPS, done); // every step: who watches for a standstill allows for one
    if (Number.isFinite(loss) && done % STEPS_PER_LOOK !== 0 && done < stepsPerEpoch) continue;
    const wish = Atomics.load(words, Word.STOP);
    const decision =
      (Number.isFinite(loss) ? 0 : Decision.DIVERGED) |
      (step.isFinite() ? 0 : Decision.BROKEN) |
      (wish === Wish.NONE ? 0 : Decision.STOP);
    Atomics.store(words, Word.DECISION, decision);
    if (decision !== Decision.GO_ON) return;
  }
}

/** How a step learns: plain gradient descent needs no gradient in memory, all else does. */
function learner({ optimizer, clipNorm }: RunPlan, step: Step): (iteration: number, rate: number) => void {
  const { name, weightDecay = 0 } = optimizer;
  if (name === "sgd" && weightDecay === 0 && clipNorm === undefined) return (_, rate) => step.descend(rate);
  return (iteration, rate) => {
    step.sumGradients();
    if (clipNorm !== undefined) step.scaleGradients(step.gradientNorm(), clipNorm);
    step.update(iteration, rate);
  };
}
