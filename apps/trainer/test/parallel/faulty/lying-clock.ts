// Workers whose clocks say that now the one, now the other is a hundred times slower: the cuts wander far.
import { appendFileSync } from "node:fs";
import { workerData } from "node:worker_threads";
import type { Ending } from "../../../src/parallel/control.ts";
import { viewOf } from "../../../src/parallel/place.ts";
import type { RunPlan } from "../../../src/parallel/run-plan.ts";
import work, { type RankTask } from "../../../src/parallel/worker.ts";

let reads = 0;
let milliseconds = 0;
let rank = 0;

performance.now = (): number => {
  reads += 1;
  // Who is slow changes every few steps.
  const slow = ((reads >> 6) + rank) % 3 === 0;
  milliseconds += slow ? 1 : 0.01;
  return milliseconds;
};

export default function lying(task: RankTask): Ending {
  rank = task.rank;
  const ending = work(task);
  const file = process.env.CUTS_SEEN;
  if (file !== undefined && task.kind === "epoch" && rank === 0) {
    const { arrays, memory } = workerData as RunPlan;
    const cuts = arrays.cutPoints.map((place) => Array.from(viewOf(memory, place).data));
    appendFileSync(file, `${JSON.stringify(cuts)}\n`);
  }
  return ending;
}
