// The two ends of a run among several ranks: all begin the same one, and all know why they stop.
import type { World } from "@gradloom/collective";
import { dataOutline } from "../../config/shard-fingerprint.ts";
import type { TrainingData } from "../../data/dataset.ts";
import { InterruptedError, WorkerLostError } from "../../errors.ts";
import type { TrainingPlan } from "../../training-plan.ts";
import type { TrainingState } from "../../training-state.ts";
import type { StopWish } from "../stop-wish.ts";
import { asAgreed } from "./agreed.ts";
import { fromFirstRank } from "./bcast-value.ts";
import { requireSame } from "./compare.ts";

/** What a rank brings along. */
export interface Beginning {
  readonly data: TrainingData;
  readonly planned: Pick<TrainingPlan, "options" | "backend">;
  readonly judgeEvery: number | undefined;
  /** Where the run goes on; the first rank's counts. */
  readonly resume: TrainingState | undefined;
}

/**
 * Compares what the ranks are about to do, and gives all of them the state that the first one goes on from.
 * @throws UsageError on every rank when one of them has another configuration or other data.
 */
export function joinRun(
  ranks: { readonly world: World } | undefined,
  { data, planned, judgeEvery, resume }: Beginning,
): TrainingState | undefined {
  if (ranks === undefined || ranks.world.size === 1) return resume;
  const { options, backend } = planned;
  // "auto" may mean a backend to which more of the options matter.
  const computed = { ...options, backend };
  requireSame(ranks.world, { options: computed, judgeEvery, data: dataOutline(data) });
  return fromFirstRank(ranks.world, resume);
}

/** @throws the signal's reason; among several ranks only when all have heard of it, and also when another has failed. */
export function throwWhyStopped(stop: StopWish, signal: AbortSignal | undefined, shared: boolean): void {
  if (!shared) {
    signal?.throwIfAborted();
    return;
  }
  if (stop.reason === "signal") {
    const reason: unknown = signal?.aborted === true ? signal.reason : undefined;
    // The others' signal, which has not come here yet: launchers send one to all.
    throw asAgreed(reason instanceof Error ? reason : new InterruptedError("SIGTERM"));
  }
  if (stop.reason === "failure") {
    throw asAgreed(new WorkerLostError(undefined, "another rank has failed; its own message says why"));
  }
}
