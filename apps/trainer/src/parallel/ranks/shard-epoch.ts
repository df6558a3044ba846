// One epoch in shards on one worker: the plain epoch's two barriers, and with several ranks two more around the exchange.
//
//   rows | barrier | my slice of the gradients, packed | barrier | worker 0: exchange | barrier | update | barrier
//
// Where exchange and backward overlap, the slice comes in buckets: a barrier after each, and then worker 0 sends it off.
import type { Barrier } from "../barrier.ts";
import { type Control, Decision, Word } from "../control.ts";
import { normOfAll } from "../epoch.ts";
import { scheduleOf } from "../learning-rate.ts";
import type { RankState } from "../rank-state.ts";
import type { RunPlan } from "../run-plan.ts";
import type { EpochTask } from "../worker.ts";
import { Exchange } from "./exchange.ts";
import { packing } from "./packing.ts";
import { ownParts, ShardStep } from "./shard-step.ts";
import { ownRowsAfterSteps, rowsAfterSteps, type ShardShare, sizeOf, stepRows } from "./share.ts";

export function runShardEpoch(
  plan: RunPlan,
  share: ShardShare,
  state: RankState,
  { epoch, step: stepsBefore, plateauRate }: EpochTask,
  control: Control,
  barrier: Barrier,
): void {
  const { words } = control;
  const rateAt = scheduleOf(plan.rate, plateauRate);
  const steps = new ShardSteps(plan, share, state);
  const exchange = share.place.size > 1 && state.rank === 0 ? new Exchange(plan, state.kernels) : undefined;
  const packs =
    share.place.size > 1 ? ownParts(plan, state).map(({ elements }) => packing(plan, elements)) : undefined;
  const moveOn = (): void => exchange?.moveOn();
  const { clock } = state;
  clock?.start();
  for (let done = stepsBefore; done < plan.stepsPerEpoch; done++) {
    const iteration = (epoch - 1) * plan.stepsPerEpoch + done + 1;
    const step = steps.at(done);
    step.computeRows(ownRowsAfterSteps(share, done));
    barrier.wait();
    clock?.lap("barrier 1");
    let loss = state.rank === 0 ? step.lossSum() : 0;
    let wish = Atomics.load(words, Word.STOP);
    exchange?.begin({ loss, wish, iteration });
    for (let bucket = 0; bucket < step.buckets; bucket++) {
      step.sumBucket(bucket, moveOn);
      // What one worker has of the only bucket is what it updates: nobody else has to have come this far.
      if (packs === undefined && step.buckets === 1) continue;
      packs?.[bucket]?.();
      barrier.wait();
      exchange?.addPacked();
      clock?.lap("barrier 2");
    }
    if (packs !== undefined) {
      if (exchange !== undefined) {
        ({ loss, wish } = exchange.end());
        Atomics.or(words, Word.AGREED, wish);
      }
      barrier.wait();
      clock?.lap("barrier 2");
    }
    if (plan.clipNorm !== undefined) step.scaleGradients(normOfAll(step, barrier), plan.clipNorm);
    step.update(iteration, rateAt(iteration));
    if (!step.isFinite()) Atomics.or(words, Word.DECISION, Decision.BROKEN);
    if (state.rank === 0) decide(loss, wish, control);
    barrier.wait();
    clock?.lap("barrier 2");
    if (Atomics.load(words, Word.DECISION) !== Decision.GO_ON) return;
  }
}

/** By what all ranks together have said: they decide the same. */
function decide(loss: number, wish: number, { words, lossSum }: Control): void {
  lossSum[0] = (lossSum[0] ?? 0) + loss;
  Atomics.add(words, Word.STEPS, 1);
  if (!Number.isFinite(loss)) Atomics.or(words, Word.DECISION, Decision.DIVERGED);
  else if (wish !== 0) Atomics.or(words, Word.DECISION, Decision.STOP);
}

/** Steps by the rows that each shard has in them: shards are of two sizes at most, so there are few different ones. */
class ShardSteps {
  readonly #plan: RunPlan;
  readonly #share: ShardShare;
  readonly #state: RankState;
  readonly #known = new Map<string, ShardStep>();

  constructor(plan: RunPlan, share: ShardShare, state: RankState) {
    this.#plan = plan;
    this.#share = share;
    this.#state = state;
  }

  /** @param done steps of the epoch before it */
  at(done: number): ShardStep {
    const { own } = this.#share;
    const counts = Array.from({ length: sizeOf(own) }, (_, i) =>
      sizeOf(stepRows(this.#share, own.from + i, done)),
    );
    const allRows = rowsAfterSteps(this.#share, done + 1) - rowsAfterSteps(this.#share, done);
    const name = `${allRows}: ${counts.join()}`;
    const known = this.#known.get(name) ?? new ShardStep(this.#plan, this.#state, counts, allRows);
    this.#known.set(name, known);
    return known;
  }
}
