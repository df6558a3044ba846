// What a piscina worker runs: the one function its pool calls, once per epoch and not once per step.
import { workerData } from "node:worker_threads";
import { Barrier } from "./barrier.ts";
import { controlOf, Ending } from "./control.ts";
import { runEpoch } from "./epoch.ts";
import { BarrierTimeoutError, RunAbortedError } from "./errors.ts";
import { evaluateRows } from "./evaluate-rows.ts";
import type { Split } from "./memory-layout.ts";
import { runOnlineEpoch } from "./online-epoch.ts";
import { type RankState, rankState } from "./rank-state.ts";
import { runShardEpoch } from "./ranks/shard-epoch.ts";
import type { RunPlan } from "./run-plan.ts";

/** Train an epoch. */
export interface EpochTask {
  readonly kind: "epoch";
  /** From 1. */
  readonly epoch: number;
  /** Steps of it that are done already. */
  readonly step: number;
  /** What a schedule by plateau has brought the learning rate to. */
  readonly plateauRate: number;
}

/** What a rank is asked to do. Numbers only: all data is in the shared memory. */
export type Task =
  /** Meet the other ranks once: proof that every worker has started. */
  { readonly kind: "meet" } | EpochTask | { readonly kind: "evaluate"; readonly split: Split };

export type RankTask = Task & { readonly rank: number };

// Threads are not bound to ranks: piscina gives a task to any idle thread. Each keeps the state it was last asked for.
let latest: RankState | undefined;

export default function work(task: RankTask): Ending {
  try {
    run(workerData as RunPlan, task);
    return Ending.DONE;
  } catch (error) {
    if (error instanceof RunAbortedError) return Ending.ABORTED;
    if (error instanceof BarrierTimeoutError) return Ending.LATE;
    throw error;
  }
}

function run(plan: RunPlan, task: RankTask): void {
  const control = controlOf(plan.control);
  const barrier = new Barrier(control.words, { worldSize: plan.workers, ...plan.barrier });
  if (task.kind === "meet") {
    barrier.wait();
    return;
  }
  const state = latest?.rank === task.rank ? latest : rankState(plan, task.rank);
  latest = state;
  if (task.kind === "epoch" && plan.batchSize === 1) runOnlineEpoch(plan, state, task, control);
  else if (task.kind === "evaluate") evaluateRows(plan, state, task.split, control, barrier);
  else if (plan.share !== undefined) runShardEpoch(plan, plan.share, state, task, control, barrier);
  else runEpoch(plan, state, task, control, barrier);
}
