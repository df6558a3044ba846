// TensorFlow.js on its wasm backend, one thread: the seconds of single products and softmaxes. Reads and writes as
// kernels/openblas.py; float32 only.
import { text } from "node:stream/consumers";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

await tf.setBackend("wasm");
await tf.ready();

/** Seconds of one call: the least over many short runs, after a warm-up. */
function best(call, work) {
  const repeat = Math.max(1, Math.floor(4e6 / work));
  let least = Infinity;
  for (let i = 0; i < 10 + 25; i++) {
    const start = performance.now();
    for (let r = 0; r < repeat; r++) call().dispose();
    if (i >= 10) least = Math.min(least, (performance.now() - start) / 1000 / repeat);
  }
  return least;
}

const task = JSON.parse(await text(process.stdin));
const products = task.products.map(([m, k, n, layout]) => {
  const [ta, tb] = [layout === "tn", layout === "nt"];
  const a = tf.randomNormal(ta ? [k, m] : [m, k], 0, 1, "float32", 1);
  const b = tf.randomNormal(tb ? [n, k] : [k, n], 0, 1, "float32", 2);
  const seconds = best(() => tf.matMul(a, b, ta, tb), 2 * m * k * n);
  tf.dispose([a, b]);
  return seconds;
});
const rows = task.rows.map(([r, c]) => {
  const x = tf.randomNormal([r, c], 0, 1, "float32", 3);
  const seconds = best(() => tf.softmax(x), 50 * r * c);
  x.dispose();
  return seconds;
});
process.stdout.write(
  JSON.stringify({ name: `TensorFlow.js ${tf.version_core} wasm, 1 thread`, float32: { products, rows } }),
);
