// A worker whose second rank ends its thread in the middle of an epoch.
import work, { type RankTask } from "../../../src/parallel/worker.ts";
import { failAt } from "./throws.ts";

export default function faulty(task: RankTask): void {
  if (task.kind === "epoch" && task.rank === 1) failAt(3, () => process.exit(3));
  work(task);
}
