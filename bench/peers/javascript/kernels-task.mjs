// What every JavaScript peer of kernels/gemm.ts does alike: read the task, make operands, check results, time calls.
// The task is {"products": [[m, k, n, layout]], "rows": [[r, c]]}; the answer is the seconds of each.
import { text } from "node:stream/consumers";

/** Numbers between −1 and 1, the same for everyone. */
export function numbers(count, seed) {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(i * 0.37 + seed));
}

/** A product of the task: a and b as they lie in memory, transposed if the layout says so. */
export function operands([m, k, n, layout]) {
  const [ta, tb] = [layout === "tn", layout === "nt"];
  return {
    a: numbers(m * k, 1),
    b: numbers(k * n, 2),
    aShape: ta ? [k, m] : [m, k],
    bShape: tb ? [n, k] : [k, n],
    ta,
    tb,
  };
}

/** Throws unless entries of the product, taken from all over it, are what float64 says they are. */
export function checkProduct([m, k, n], { a, b, ta, tb }, c) {
  for (let q = 0; q < 50; q++) {
    const [i, j] = [(q * 7919) % m, (q * 104729) % n];
    let sum = 0;
    for (let p = 0; p < k; p++) sum += a[ta ? p * m + i : i * k + p] * b[tb ? j * k + p : p * n + j];
    near(c[i * n + j], sum, k * 2 ** -23, `entry [${i}, ${j}] of ${m}×${k}×${n}`);
  }
}

/** Throws unless a softmax is one: entries of some rows against float64. */
export function checkSoftmax([r, c], x, y) {
  for (const i of [0, r >> 1, r - 1]) {
    const row = Array.from(x.subarray(i * c, (i + 1) * c), Math.exp);
    const sum = row.reduce((all, e) => all + e, 0);
    row.forEach(
      (e, j) => void near(y[i * c + j], e / sum, 2 ** -18 / c, `softmax [${i}, ${j}] of ${r}×${c}`),
    );
  }
}

function near(found, expected, bound, what) {
  if (!(Math.abs(found - expected) <= bound)) throw new Error(`${what} is ${found}, expected ${expected}.`);
}

/** Slices of a warm-up and of a measurement, and after how many ms of slow calls either may end sooner. */
const WARM_UP = { slices: 10, least: 2, ms: 300 };
const MEASURED = { slices: 25, least: 3, ms: 1500 };

/** Seconds of one call: the least over many short runs, after a warm-up. `call` may return a promise. */
export async function best(call, work) {
  const repeat = Math.max(1, Math.floor(4e6 / work));
  await leastOf(WARM_UP, call, repeat);
  return await leastOf(MEASURED, call, repeat);
}

async function leastOf({ slices, least, ms }, call, repeat) {
  let seconds = Infinity;
  const began = performance.now();
  for (let i = 0; i < slices && (i < least || performance.now() - began < ms); i++) {
    const start = performance.now();
    for (let r = 0; r < repeat; r++) {
      const result = call();
      if (result instanceof Promise) await result;
    }
    seconds = Math.min(seconds, (performance.now() - start) / 1000 / repeat);
  }
  return seconds;
}

/** Reads the task, has every product and softmax timed one after the other, and prints the answer. */
export async function answer(name, product, softmax) {
  const task = JSON.parse(await text(process.stdin));
  const float32 = { products: [], rows: [] };
  for (const [m, k, n, layout] of task.products) {
    float32.products.push(await product([m, k, n, layout], 2 * m * k * n));
  }
  for (const [r, c] of task.rows) float32.rows.push(await softmax([r, c], 50 * r * c));
  process.stdout.write(JSON.stringify({ name, float32 }));
}
