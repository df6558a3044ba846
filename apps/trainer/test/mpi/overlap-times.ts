// Measures steps whose exchange overlaps computing that is made up: a wait of known length, with the looks at the exchange
// that a step's products leave room for. Arguments: milliseconds of computing, then numbers of buckets. Prints the bytes of
// the gradients, and the least seconds of a step for each number of buckets.
import { createKernels } from "@gradloom/kernels";
import { resolveOptions } from "../../src/options.ts";
import { Exchange } from "../../src/parallel/ranks/exchange.ts";
import { Ranks } from "../../src/parallel/ranks/ranks.ts";
import { planRun } from "../../src/parallel/run-plan.ts";

const [milliseconds = 0, ...counts] = process.argv.slice(2).map(Number);
/** A product takes about as long. */
const LOOK_EVERY_MS = 1;
const ROUNDS = 5;
/** 1 MB of gradients. */
const SIZES = [512, 500, 10];

const ranks = Ranks.join(process.env);
if (ranks === undefined) throw new Error("start this by mpirun");
const { world, address } = ranks;
const set = {
  images: new Uint8Array(512 * 8),
  labels: new Int32Array(8),
  rows: 8,
  columns: 512,
  classes: 10,
  scale: 1,
};
const options = resolveOptions({ hidden: 500, batchSize: 8, shards: 2, workers: 1 });
const settings = { cores: 1, sparseInput: false, ranks: { world, address } };

function compute(length: number, look: () => void): void {
  for (const end = performance.now() + length; performance.now() < end; look()) {
    const next = Math.min(end, performance.now() + LOOK_EVERY_MS);
    while (performance.now() < next);
  }
}

let bytes = 0;
const times = counts.map((buckets) => {
  const plan = planRun({ name: "", train: set, test: set }, SIZES, options, { ...settings, buckets });
  bytes = plan.arrays.gradients.region.byteLength;
  const exchange = new Exchange(plan, createKernels());
  const measured = Array.from({ length: ROUNDS }, (_, round) => {
    world.barrier();
    const start = performance.now();
    exchange.begin({ loss: 0, wish: 0, iteration: round });
    for (let bucket = 0; bucket < buckets; bucket++) {
      compute(milliseconds / buckets, () => exchange.moveOn());
      exchange.addPacked();
    }
    exchange.end();
    return (performance.now() - start) / 1000;
  });
  return Math.min(...measured);
});
if (world.rank === 0) process.stdout.write(`${JSON.stringify({ bytes, times })}\n`);
await ranks.leave();
