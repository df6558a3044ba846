// What the operations between the products cost in a training step of 784-50-10 at batch 100, per backend, in µs.
//
// node --conditions=@gradloom/source bench/kernels/elementwise.ts
import { Arena, type BackendName, createKernels, type Kernels } from "@gradloom/kernels";

const [BATCH, PIXELS, HIDDEN, CLASSES] = [100, 784, 50, 10];
const IMAGES = 10_000;
const PARAMETERS = PIXELS * HIDDEN + HIDDEN + HIDDEN * CLASSES + CLASSES;
const ROUNDS = 1000;
const WARM_UP = 1000;

/** The calls of one step, each on arrays of the arena as the trainer has them. */
function step(kernels: Kernels, arena: Arena): Record<string, () => unknown> {
  const f32 = (...shape: number[]) => {
    const t = arena.allocate("float32", shape);
    t.data.forEach((_, i) => {
      t.data[i] = Math.sin(i);
    });
    return t;
  };
  const images = arena.allocate("uint8", [IMAGES, PIXELS]);
  for (let i = 0; i < images.data.length; i++) images.data[i] = (i * 37) & 255;
  const order = arena.allocate("int32", [IMAGES]);
  for (let i = 0; i < IMAGES; i++) order.data[i] = (i * 7919) % IMAGES;
  const rows = order.hi(BATCH);
  const t = arena.allocate("int32", [BATCH]);
  for (let i = 0; i < BATCH; i++) t.data[i] = i % CLASSES;
  const [x, product1, hidden, dout, dhidden] = [
    f32(BATCH, PIXELS),
    ...Array.from({ length: 4 }, () => f32(BATCH, HIDDEN)),
  ];
  const [product2, scores, y, dscores] = Array.from({ length: 4 }, () => f32(BATCH, CLASSES));
  const [b1, db1, b2, db2, losses] = [f32(HIDDEN), f32(HIDDEN), f32(CLASSES), f32(CLASSES), f32(BATCH)];
  const [parameters, gradients] = [f32(PARAMETERS), f32(PARAMETERS)];
  return {
    gatherRows: () => {
      rows.offset = (rows.offset + BATCH) % IMAGES; // another minibatch each time, as an epoch has them
      kernels.gatherRows(images, rows, x, { scale: 1 / 255 });
    },
    "addBias 50": () => kernels.addBias(product1, b1, hidden),
    relu: () => kernels.relu(hidden, hidden),
    "addBias 10": () => kernels.addBias(product2, b2, scores),
    softmaxCrossEntropy: () => kernels.softmaxCrossEntropy(scores, t, { y, losses }),
    softmaxCrossEntropyBackward: () => kernels.softmaxCrossEntropyBackward(y, t, 1 / BATCH, dscores),
    "sumRows 10": () => kernels.sumRows(dscores, db2),
    reluBackward: () => kernels.reluBackward(hidden, dout, dhidden),
    "sumRows 50": () => kernels.sumRows(dhidden, db1),
    axpy: () => kernels.axpy(-1e-9, gradients, parameters),
  };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const backends: BackendName[] = ["reference", "wasm", "wasm-relaxed"];
const steps = backends.map((backend) => {
  const arena = Arena.create({ byteLength: 64 * 1024 * 1024, shared: true });
  return step(createKernels({ backend, arena }), arena);
});
const names = Object.keys(steps[0] ?? {});
const times = backends.map(() => names.map((): number[] => []));
for (let round = -WARM_UP; round < ROUNDS; round++) {
  steps.forEach((calls, b) => {
    names.forEach((name, i) => {
      const start = performance.now();
      calls[name]?.();
      const took = performance.now() - start;
      if (round >= 0) times[b]?.[i]?.push(took * 1000);
    });
  });
}

function print(name: string, cells: readonly (string | number)[]): void {
  const texts = cells.map((cell) => (typeof cell === "number" ? cell.toFixed(1) : cell).padStart(14));
  console.log(name.padEnd(28) + texts.join(""));
}
const medians = times.map((of) => of.map(median));
print("µs, median", backends);
names.forEach((name, i) => {
  print(
    name,
    medians.map((of) => of[i] ?? Number.NaN),
  );
});
print(
  "together",
  medians.map((of) => of.reduce((sum, value) => sum + value, 0)),
);
