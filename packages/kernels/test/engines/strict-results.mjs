// A fixed set of results whose bits are promised, and their SHA-256. Plain JavaScript: it runs on every Node and in browsers.
// @ts-check

/**
 * @typedef {typeof import("../../src/index.ts")} Api
 * @typedef {import("../../src/index.ts").Kernels} Kernels
 * @typedef {import("../../src/index.ts").Dtype} Dtype
 * @typedef {import("../../src/index.ts").Tensor} Tensor
 */

/**
 * Numbers in [−4, 4) of 20 bits, from a linear congruential generator: exact in both dtypes.
 * @param {number} seed
 */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 12) / 2 ** 17 - 4;
  };
}

/**
 * @param {Kernels} kernels
 * @param {Dtype} dtype
 * @param {readonly number[]} shape
 * @param {number} seed
 * @returns {Tensor}
 */
function filled(kernels, dtype, shape, seed) {
  const next = numbers(seed);
  const t = kernels.zeros(shape, dtype);
  for (let i = 0; i < t.data.length; i++) t.data[i] = next();
  return t;
}

/**
 * @param {Kernels} kernels
 * @param {Dtype} dtype
 * @returns {Tensor[]}
 */
function resultsOf(kernels, dtype) {
  /** @type {Tensor[]} */
  const results = [];
  for (const [m, k, n] of [
    [1, 784, 50],
    [4, 4, 4],
    [100, 784, 50],
    [784, 25, 50],
    [100, 50, 10],
    [37, 513, 211],
    [5, 1, 9],
  ]) {
    const [a, b] = [filled(kernels, dtype, [m, k], m + n), filled(kernels, dtype, [k, n], k)];
    const c = kernels.matmul(a, b, kernels.zeros([m, n], dtype));
    results.push(c);
    const at = filled(kernels, dtype, [k, m], m).transpose(1, 0);
    const bt = filled(kernels, dtype, [n, k], n).transpose(1, 0);
    results.push(kernels.matmul(at, bt, filled(kernels, dtype, [m, n], 7), { accumulate: true }));
  }
  const scores = filled(kernels, dtype, [33, 17], 3);
  const soft = kernels.softmax(filled(kernels, dtype, [33, 17], 4));
  const { y, losses } = kernels.softmaxCrossEntropy(scores, soft);
  results.push(soft, y, losses, kernels.logSoftmax(scores), kernels.sigmoid(scores));
  results.push(kernels.softmaxCrossEntropyBackward(y, soft, 1 / 33));
  results.push(kernels.sigmoidBackward(kernels.sigmoid(scores), soft), kernels.relu(scores));
  results.push(kernels.sumRows(scores), kernels.axpy(-0.1, scores, filled(kernels, dtype, [33, 17], 5)));
  results.push(kernels.addBias(scores, filled(kernels, dtype, [17], 6)));
  results.push(...optimizerSteps(kernels, dtype));
  return results;
}

/**
 * Parameters and state after one step of each optimizer.
 * @param {Kernels} kernels
 * @param {Dtype} dtype
 * @returns {Tensor[]}
 */
function optimizerSteps(kernels, dtype) {
  const g = filled(kernels, dtype, [561], 8);
  const fresh = () => [
    filled(kernels, dtype, [561], 9),
    kernels.zeros([561], dtype),
    kernels.zeros([561], dtype),
  ];
  const numbers = { learningRate: 0.1, momentum: 0.9, decayRate: 0.99, weightDecay: 0.01, eps: 1e-8 };
  const adam = { stepSize: 0.01, rootCorrection: 0.03, beta1: 0.9, beta2: 0.999, keep: 0.97 };
  const [momentum, nesterov, adagrad, rmsprop, both] = [fresh(), fresh(), fresh(), fresh(), fresh()];
  kernels.momentumStep(momentum[0], g, momentum[1], { ...numbers, nesterov: false });
  kernels.momentumStep(nesterov[0], g, nesterov[1], { ...numbers, nesterov: true });
  kernels.adagradStep(adagrad[0], g, adagrad[1], numbers);
  kernels.rmspropStep(rmsprop[0], g, rmsprop[1], numbers);
  kernels.adamStep(both[0], g, both[1], both[2], { ...numbers, ...adam });
  return [...momentum, ...nesterov, ...adagrad, ...rmsprop, ...both];
}

/**
 * SHA-256, in hexadecimal, of the results in both dtypes, little-endian.
 * @param {Api} api
 * @param {import("../../src/index.ts").KernelsOptions} options
 * @returns {Promise<string>}
 */
export async function strictHash(api, options) {
  const kernels = api.createKernels(options);
  const parts = [...resultsOf(kernels, "float32"), ...resultsOf(kernels, "float64")].map(
    ({ data }) => new Uint8Array(data.slice().buffer),
  );
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  const digest = await crypto.subtle.digest("SHA-256", all);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
