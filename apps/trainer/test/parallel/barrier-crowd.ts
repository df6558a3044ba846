// One thread of the barrier's test: says "done", or the name of the error that ended it.
import { parentPort, workerData } from "node:worker_threads";
import { Barrier } from "../../src/parallel/barrier.ts";
import { controlOf } from "../../src/parallel/control.ts";

const { control, tally, rounds, worldSize, spin, deadlineMs } = workerData as {
  control: SharedArrayBuffer;
  tally: SharedArrayBuffer;
  rounds: number;
  worldSize: number;
  spin: boolean;
  deadlineMs: number;
};

function work(): string {
  const barrier = new Barrier(controlOf(control).words, { worldSize, spin, deadlineMs });
  const sum = new Int32Array(tally);
  for (let round = 1; round <= rounds; round++) {
    Atomics.add(sum, 0, 1);
    barrier.wait();
    const seen = Atomics.load(sum, 0);
    if (seen !== round * worldSize) return `round ${round}: saw ${seen} of ${round * worldSize}`;
    barrier.wait();
  }
  return "done";
}

try {
  parentPort?.postMessage(work());
} catch (error) {
  parentPort?.postMessage(error instanceof Error ? error.name : String(error));
}
