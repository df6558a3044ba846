// One implementation: core's loop in one thread beside the trainer's own step on one worker, turn by turn in one process.
// Run on the sources: node --conditions=@gradloom/source bench/train/core-beside-trainer.mjs

import ndarray from "ndarray";
import { loadMnist } from "../../apps/trainer/src/data/mnist.ts";
import { resolveOptions } from "../../apps/trainer/src/options.ts";
import { netLayout } from "../../apps/trainer/src/parallel/memory-layout.ts";
import { viewOf } from "../../apps/trainer/src/parallel/place.ts";
import { rankState } from "../../apps/trainer/src/parallel/rank-state.ts";
import { planRun } from "../../apps/trainer/src/parallel/run-plan.ts";
import { Step } from "../../apps/trainer/src/parallel/step.ts";
import { initialValues, permutation, SGD, TwoLayerNet } from "../../packages/core/src/index.ts";
import { Arena, createKernels } from "../../packages/kernels/src/index.ts";

const [BATCH, STEPS, ROUNDS] = [100, 100, 60];
const { train: set, ...mnist } = await loadMnist();
const BATCHES = set.rows / BATCH;

/** The trainer's step, as its worker runs it; the barriers, which do nothing for one worker, left out. */
function trainerStep() {
  const plan = planRun({ ...mnist, train: set }, [784, 50, 10], resolveOptions({ workers: 1 }), {
    cores: 2,
    sparseInput: true,
  });
  initialValues(netLayout(plan.net.sizes), viewOf(plan.memory, plan.arrays.parameters), { seed: 0 });
  permutation(set.rows, { seed: 0, stream: "shuffle/1" }, viewOf(plan.memory, plan.arrays.order).data);
  const step = new Step(rankState(plan, 0), BATCH);
  return (/** @type {number} */ iteration) => {
    step.computeRows((iteration % BATCHES) * BATCH);
    step.sumGradients();
    step.update(iteration + 1, 0.1);
    step.isFinite();
    step.lossSum();
  };
}

/** The book's loop over core, everything in the kernels' memory as in the trainer. */
function coreStep() {
  const arena = Arena.create({ byteLength: set.images.length + 64 * 2 ** 20 });
  const kernels = createKernels({ arena });
  const pixels = arena.allocate("uint8", [set.rows, set.columns]);
  pixels.data.set(set.images);
  const order = permutation(set.rows, { seed: 0, stream: "shuffle/1" });
  const net = new TwoLayerNet(784, 50, 10, { seed: 0, kernels, sparseInput: true });
  const sgd = new SGD({ learningRate: 0.1, kernels });
  const x = kernels.zeros([BATCH, 784]);
  const t = arena.allocate("int32", [BATCH]);
  const gradients = kernels.zeros([net.layout.length]);
  return (/** @type {number} */ iteration) => {
    const start = (iteration % BATCHES) * BATCH;
    const rows = order.subarray(start, start + BATCH);
    kernels.gatherRows(pixels, ndarray(rows), x, { scale: set.scale });
    for (const [i, row] of rows.entries()) t.data[i] = Number(set.labels[row]);
    net.gradient(x, t, gradients);
    sgd.step(net.parameters, gradients);
  };
}

const median = (/** @type {number[]} */ values) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const contestants = { trainer: trainerStep(), core: coreStep() };
/** @type {{ trainer: number[], core: number[] }} */
const microseconds = { trainer: [], core: [] };
let iteration = 0;
for (let round = -6; round < ROUNDS; round++) {
  for (const name of /** @type {const} */ (["trainer", "core"])) {
    const started = performance.now();
    for (let i = 0; i < STEPS; i++) contestants[name](iteration + i);
    // The first rounds warm up.
    if (round >= 0) microseconds[name].push(((performance.now() - started) * 1000) / STEPS);
  }
  iteration += STEPS;
}
const ratios = microseconds.core.map((core, round) => core / Number(microseconds.trainer[round]));
for (const [name, values] of Object.entries(microseconds)) {
  console.log(
    `${name.padEnd(8)} ${median(values).toFixed(0)} µs a step (best ${Math.min(...values).toFixed(0)})`,
  );
}
console.log(`core ÷ trainer ${median(ratios).toFixed(3)}, median of ${ROUNDS} rounds`);
