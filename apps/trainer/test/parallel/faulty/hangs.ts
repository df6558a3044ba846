// A worker whose second rank stops for ever in the middle of an epoch: the others wait for it at the barrier.
import type { Ending } from "../../../src/parallel/control.ts";
import work, { type RankTask } from "../../../src/parallel/worker.ts";
import { injectFault } from "./inject-fault.ts";

export default function faulty(task: RankTask): Ending {
  injectFault(task, () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  return work(task);
}
