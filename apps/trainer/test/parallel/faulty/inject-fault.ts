// Makes the second rank fail in the third step of an epoch, as often in a run as the environment's FAULTS says.
import { workerData } from "node:worker_threads";
import { SGD } from "@gradloom/core";
import { controlOf } from "../../../src/parallel/control.ts";
import type { RunPlan } from "../../../src/parallel/run-plan.ts";
import type { RankTask } from "../../../src/parallel/worker.ts";

/** A control word that no production code uses: it counts faults over all threads that a run ever has. */
const FAULTS_SO_FAR = 15;

export function injectFault(task: RankTask, fault: () => void): void {
  const { workers, control } = workerData as RunPlan;
  if (task.kind !== "epoch" || task.rank !== Math.min(1, workers - 1)) return;
  const { words } = controlOf(control);
  const update = SGD.prototype.step;
  let steps = 0;
  // The other ranks are on their way to the barrier when this one fails.
  SGD.prototype.step = function (...operands) {
    if (++steps === 3 && Atomics.add(words, FAULTS_SO_FAR, 1) < Number(process.env.FAULTS)) fault();
    update.apply(this, operands);
  };
}
