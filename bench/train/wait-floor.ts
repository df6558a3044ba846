// What barriers cost where nothing is shared and nobody has more to do than others: each worker has a loop in registers,
// about as long as half a step of A, and then waits for the others with the trainer's own barrier.
//
// node --conditions=@gradloom/source bench/train/wait-floor.ts [rounds]
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { Barrier } from "../../apps/trainer/src/parallel/barrier.ts";
import { createControlBuffer } from "../../apps/trainer/src/parallel/control.ts";
import { registerLoop } from "../kernels/peak.ts";
import { describeMachine, machine } from "../report/machine.ts";
import { median } from "../report/median.ts";

const LOOPS = 4_000;

interface Turn {
  readonly control: SharedArrayBuffer;
  readonly workers: number;
  readonly barriers: boolean;
}

interface Took {
  readonly milliseconds: number;
  readonly waited: number;
  /** Milliseconds of loops that took more than twice as long as most: somebody else had the core. */
  readonly stolen: number;
}

async function takePart({ control, workers, barriers }: Turn): Promise<Took> {
  const { run } = await registerLoop("f32", "relaxed");
  const words = new Int32Array(control, 0, 16);
  const barrier = new Barrier(words, { worldSize: workers, deadlineMs: 60_000, spin: true });
  barrier.wait();
  const started = performance.now();
  const loops = new Float64Array(LOOPS);
  let waited = 0;
  for (let i = 0; i < LOOPS; i++) {
    const before = performance.now();
    run();
    const after = performance.now();
    loops[i] = after - before;
    if (!barriers) continue;
    barrier.wait();
    waited += performance.now() - after;
  }
  const milliseconds = performance.now() - started;
  const usual = median([...loops]);
  const stolen = loops.reduce((sum, loop) => (loop > 2 * usual ? sum + loop - usual : sum), 0);
  return { milliseconds, waited, stolen };
}

/** Loops a millisecond of so many workers, and the parts of their time that they waited, or others had their cores. */
async function turn(
  workers: number,
  barriers: boolean,
): Promise<{ speed: number; waits: number; stolen: number }> {
  const control = createControlBuffer();
  const workerDataOf: Turn = { control, workers, barriers };
  const took = await Promise.all(
    Array.from(
      { length: workers },
      () =>
        new Promise<Took>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: workerDataOf });
          worker.once("message", resolve);
          worker.once("error", reject);
        }),
    ),
  );
  const speed = took.reduce((sum, { milliseconds }) => sum + LOOPS / milliseconds, 0);
  const share = (part: "waited" | "stolen"): number =>
    took.reduce((sum, one) => sum + one[part] / one.milliseconds, 0) / workers;
  return { speed, waits: share("waited"), stolen: share("stolen") };
}

async function compare(rounds: number): Promise<void> {
  // V8 13 can crash where threads alone own compiled code and end: this one owns it, too, to the last.
  const kept = await registerLoop("f32", "relaxed");
  console.log(describeMachine(machine()));
  const apart: number[] = [];
  const inStep: number[] = [];
  const waits: number[] = [];
  const stolen: number[] = [];
  let loop = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const alone = await turn(1, false);
    const two = await turn(2, false);
    const met = await turn(2, true);
    loop = Math.min(loop, 1000 / alone.speed);
    apart.push(two.speed / alone.speed);
    inStep.push(met.speed / alone.speed);
    waits.push(met.waits);
    stolen.push(two.stolen);
  }
  kept.run();
  const range = (values: number[], scale = 1): string =>
    `${(median(values) * scale).toFixed(2)} (${(Math.min(...values) * scale).toFixed(2)}–${(Math.max(...values) * scale).toFixed(2)})`;
  console.log(`a loop of ${loop.toFixed(0)} µs in registers; medians of ${rounds} rounds (least–greatest)`);
  console.log(`two threads ÷ one, each for itself             ${range(apart)}`);
  console.log(`of their time others had their cores           ${range(stolen, 100)} %`);
  console.log(`two threads ÷ one, a barrier after each loop   ${range(inStep)}`);
  console.log(`of their time they wait                        ${range(waits, 100)} %`);
}

if (isMainThread) await compare(Number(process.argv[2] ?? 9));
else parentPort?.postMessage(await takePart(workerData as Turn));
