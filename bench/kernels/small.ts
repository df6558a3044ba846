// What a call costs where there is little to compute: the operations of learning from one row at a time, in µs.
//
// node --conditions=@gradloom/source bench/kernels/small.ts [--backend wasm-relaxed] [--rounds 400]
import { parseArgs } from "node:util";
import { Arena, type BackendName, createKernels } from "@gradloom/kernels";

const { values } = parseArgs({
  options: {
    backend: { type: "string", default: "wasm-relaxed" },
    rounds: { type: "string", default: "400" },
  },
});
const [PIXELS, HIDDEN, CLASSES] = [784, 50, 10];
const arena = Arena.create({ byteLength: 64 * 1024 * 1024 });
const kernels = createKernels({ backend: values.backend as BackendName, arena });

function floats(...shape: number[]) {
  const t = arena.allocate("float32", shape);
  t.data.forEach((_, i) => {
    t.data[i] = Math.sin(i);
  });
  return t;
}

const images = arena.allocate("uint8", [1000, PIXELS]);
images.data.forEach((_, i) => {
  images.data[i] = i % 5 === 0 ? i & 255 : 0;
});
const row = arena.allocate("int32", [1]);
const label = arena.allocate("int32", [1]);
const x = floats(1, PIXELS);
const [W1, W2, b1] = [floats(PIXELS, HIDDEN), floats(HIDDEN, CLASSES), floats(HIDDEN)];
const [h, dh, db1] = [floats(1, HIDDEN), floats(1, HIDDEN), floats(HIDDEN)];
const [scores, y, dscores] = [floats(1, CLASSES), floats(1, CLASSES), floats(1, CLASSES)];
const losses = floats(1);
const [p, q, r] = [floats(4, 4), floats(4, 4), floats(4, 4)];
const [scale, forward, update] = [
  { scale: 1 / 255 },
  { bias: b1, relu: true, sparse: true },
  { accumulate: true, alpha: -1e-9, sparse: true },
];
const xT = x.transpose(1, 0);
const W2T = W2.transpose(1, 0);
const outputs = { y, losses };

const CALLS: Record<string, () => unknown> = {
  "matmul 4×4": () => kernels.matmul(p, q, r),
  "gatherRows 1×784, bytes": () => kernels.gatherRows(images, row, x, scale),
  "matmul 1×784·784×50, sparse, bias, relu": () => kernels.matmul(x, W1, h, forward),
  "matmul 1×50·50×10": () => kernels.matmul(h, W2, scores),
  "softmaxCrossEntropy 1×10": () => kernels.softmaxCrossEntropy(scores, label, outputs),
  "softmaxCrossEntropyBackward 1×10": () => kernels.softmaxCrossEntropyBackward(y, label, 1, dscores),
  "matmul 1×10·10×50": () => kernels.matmul(dscores, W2T, dh),
  "reluBackward 1×50": () => kernels.reluBackward(h, dh, dh),
  "matmul 784×1·1×50, sparse, alpha": () => kernels.matmul(xT, dh, W1, update),
  "addBias 1×50": () => kernels.addBias(h, b1, h),
  "relu 1×50": () => kernels.relu(h, h),
  "sumRows 1×50": () => kernels.sumRows(dh, db1),
  "axpy 50": () => kernels.axpy(-1e-9, db1, b1),
  "allFinite 784×50": () => kernels.allFinite(W1),
};

const REPEAT = 200;
const names = Object.keys(CALLS);
const least = names.map(() => Infinity);
for (let round = 0; round < Number(values.rounds); round++) {
  names.forEach((name, i) => {
    const call = CALLS[name];
    const start = performance.now();
    for (let k = 0; k < REPEAT; k++) call();
    least[i] = Math.min(least[i], ((performance.now() - start) * 1000) / REPEAT);
  });
}
console.log(`${values.backend}, µs a call, the least of ${values.rounds} slices`);
names.forEach((name, i) => {
  console.log(name.padEnd(44) + least[i].toFixed(2).padStart(8));
});
