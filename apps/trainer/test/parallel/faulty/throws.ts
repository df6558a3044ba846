// A worker whose second rank throws in the middle of an epoch.
import { SGD } from "@gradloom/core";
import work, { type RankTask } from "../../../src/parallel/worker.ts";

export default function faulty(task: RankTask): void {
  if (task.kind === "epoch" && task.rank === 1)
    failAt(3, () => {
      throw new TypeError("the injected fault");
    });
  work(task);
}

/** Replaces this thread's n-th parameter update by a fault: the other ranks are on their way to the barrier. */
export function failAt(step: number, fault: () => void): void {
  const update = SGD.prototype.step;
  let steps = 0;
  SGD.prototype.step = function (...operands) {
    if (++steps === step) fault();
    update.apply(this, operands);
  };
}
