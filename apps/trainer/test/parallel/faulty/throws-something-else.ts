// A worker whose second rank throws in the middle of an epoch, another error every time.
import { workerData } from "node:worker_threads";
import { controlOf, type Ending } from "../../../src/parallel/control.ts";
import type { RunPlan } from "../../../src/parallel/run-plan.ts";
import work, { type RankTask } from "../../../src/parallel/worker.ts";
import { injectFault } from "./inject-fault.ts";

/** A control word that no production code uses: it numbers the errors over all threads that a run ever has. */
const ERRORS_SO_FAR = 14;

export default function faulty(task: RankTask): Ending {
  injectFault(task, () => {
    const { words } = controlOf((workerData as RunPlan).control);
    throw new TypeError(`the injected fault ${Atomics.add(words, ERRORS_SO_FAR, 1) + 1}`);
  });
  return work(task);
}
