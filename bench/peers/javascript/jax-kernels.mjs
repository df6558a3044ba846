// jax-js on its wasm backend, which has one thread: the seconds of single products and softmaxes, each a jitted function.
import { createRequire } from "node:module";
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np } from "@jax-js/jax";
import { answer, best, checkProduct, checkSoftmax, numbers, operands } from "./kernels-task.mjs";

await init("wasm");
defaultDevice("wasm");

/** Its arrays are counted references: `.ref` keeps one for another use, every other use gives it up. */
async function timed(call, work, check) {
  check(await call().data());
  return await best(async () => {
    const result = call();
    await blockUntilReady(result);
    result.dispose?.();
  }, work);
}

async function product(sizes, work) {
  const given = operands(sizes);
  const a = np.array(given.a).reshape(given.aShape);
  const b = np.array(given.b).reshape(given.bShape);
  const multiply = jit((x, y) => np.matmul(given.ta ? x.transpose() : x, given.tb ? y.transpose() : y));
  return await timed(
    () => multiply(a.ref, b.ref),
    work,
    (found) => checkProduct(sizes, given, found),
  );
}

async function softmax([r, c], work) {
  const given = numbers(r * c, 3);
  const x = np.array(given).reshape([r, c]);
  const rows = jit((values) => nn.softmax(values, -1));
  return await timed(
    () => rows(x.ref),
    work,
    (found) => checkSoftmax([r, c], given, found),
  );
}

const { version } = createRequire(import.meta.url)("../node_modules/@jax-js/jax/package.json");
await answer(`jax-js ${version} wasm`, product, softmax);
