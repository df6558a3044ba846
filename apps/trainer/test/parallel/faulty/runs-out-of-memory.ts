// A worker whose second rank fills the heap that its thread may have.
import type { Ending } from "../../../src/parallel/control.ts";
import work, { type RankTask } from "../../../src/parallel/worker.ts";
import { injectFault } from "./inject-fault.ts";

export default function faulty(task: RankTask): Ending {
  injectFault(task, () => {
    // Small pieces: the engine can end the thread between two of them, before the whole process is out of memory.
    let hoard: object | undefined;
    for (;;) hoard = { hoard, more: [0, 1, 2, 3] };
  });
  return work(task);
}
