// A worker whose second rank ends its thread in the middle of an epoch.
import work, { type RankTask } from "../../../src/parallel/worker.ts";
import { injectFault } from "./inject-fault.ts";

export default function faulty(task: RankTask): void {
  injectFault(task, () => process.exit(3));
  work(task);
}
