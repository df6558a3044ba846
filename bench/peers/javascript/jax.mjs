// jax-js: the whole step (loss, gradient, update) as one jitted function on its wasm backend.
import { createRequire } from "node:module";
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { contestant } from "./contestant.mjs";
import { batches, gather, images, labels, oneHot, PIXELS, smallNormals } from "./mnist.mjs";

await contestant(async (task) => {
  await init("wasm");
  defaultDevice("wasm");
  const { inputs, hidden, outputs, batch, learningRate } = task;
  const pixels = images(task.mnist, "train", task.rows);
  const answers = oneHot(labels(task.mnist, "train", task.rows));
  const order = batches(task.rows, batch);

  // Its arrays are counted references: `.ref` keeps one for a second use, every other use gives it up.
  function scoresOf(W1, b1, W2, b2, x) {
    return np.matmul(nn.relu(np.matmul(x, W1).add(b1)), W2).add(b2);
  }
  function lossOf([W1, b1, W2, b2], x, t) {
    return nn
      .logSoftmax(scoresOf(W1, b1, W2, b2, x), -1)
      .mul(t)
      .sum()
      .mul(-1 / batch);
  }
  const lossAndGradients = valueAndGrad(lossOf);
  const update = jit((params, x, t) => {
    const [loss, gradients] = lossAndGradients(
      params.map((param) => param.ref),
      x,
      t,
    );
    loss.dispose();
    return params.map((param, i) => param.sub(gradients[i].mul(learningRate)));
  });

  const array = (data, shape) => np.array(data).reshape(shape);
  let params = [
    array(smallNormals(inputs * hidden), [inputs, hidden]),
    np.zeros([hidden]),
    array(smallNormals(hidden * outputs), [hidden, outputs]),
    np.zeros([outputs]),
  ];
  const version = createRequire(import.meta.url)("../package.json").dependencies["@jax-js/jax"];
  return {
    description: `jax-js ${version}, wasm, Node ${process.versions.node}`,
    async train(steps) {
      for (let i = 0; i < steps; i++) {
        const rows = order.next().value;
        // New arrays each time: the library may keep the one it was given.
        const x = array(gather(pixels, rows, new Float32Array(batch * PIXELS)), [batch, inputs]);
        const t = array(gather(answers, rows, new Float32Array(batch * outputs), outputs), [batch, outputs]);
        params = update(params, x, t);
      }
      await blockUntilReady(params.map((param) => param));
    },
    async probabilities(judged, count) {
      const [W1, b1, W2, b2] = params.map((param) => param.ref);
      return await nn.softmax(scoresOf(W1, b1, W2, b2, array(judged, [count, inputs])), -1).data();
    },
  };
});
