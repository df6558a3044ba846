// A worker whose second rank ends its thread in the middle of an epoch.
import type { Ending } from "../../../src/parallel/control.ts";
import work, { type RankTask } from "../../../src/parallel/worker.ts";
import { injectFault } from "./inject-fault.ts";

export default function faulty(task: RankTask): Ending {
  injectFault(task, () => process.exit(3));
  return work(task);
}
