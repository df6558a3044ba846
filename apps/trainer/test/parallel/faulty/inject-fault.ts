// Makes the last rank but one fail in the third step of the second epoch, or in another one, as often in a run as FAULTS in the
// environment says.
import { workerData } from "node:worker_threads";
import { Adam } from "@gradloom/core";
import { controlOf } from "../../../src/parallel/control.ts";
import type { RunPlan } from "../../../src/parallel/run-plan.ts";
import type { RankTask } from "../../../src/parallel/worker.ts";

/** A control word that no production code uses: it counts faults over all threads that a run ever has. */
const FAULTS_SO_FAR = 15;

const update = Adam.prototype.step;

export function injectFault(task: RankTask, fault: () => void, at = { epoch: 2, step: 3 }): void {
  const { workers, control } = workerData as RunPlan;
  Adam.prototype.step = update;
  if (task.kind !== "epoch" || task.epoch !== at.epoch || task.rank !== Math.max(0, workers - 2)) return;
  const { words } = controlOf(control);
  let steps = 0;
  // The other ranks are on their way to the barrier when this one fails.
  Adam.prototype.step = function (...operands) {
    if (++steps === at.step && Atomics.add(words, FAULTS_SO_FAR, 1) < Number(process.env.FAULTS)) fault();
    update.apply(this, operands);
  };
}
