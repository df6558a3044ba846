// TensorFlow.js, on its wasm or its cpu backend: with autograd and an optimizer, as users write it, or with the
// gradient written out by hand.
import * as tf from "@tensorflow/tfjs";
import { contestant } from "./contestant.mjs";
import { batches, gather, images, labels, oneHot, PIXELS, smallNormals } from "./mnist.mjs";

await contestant(async (task) => {
  const backend = task.variant.split(" ", 1)[0];
  const byHand = task.variant.endsWith("by hand");
  if (backend === "wasm") await import("@tensorflow/tfjs-backend-wasm");
  await tf.setBackend(backend);
  await tf.ready();

  const { inputs, hidden, outputs, batch } = task;
  const pixels = images(task.mnist, "train", task.rows);
  const answers = oneHot(labels(task.mnist, "train", task.rows));
  const W1 = tf.variable(tf.tensor2d(smallNormals(inputs * hidden), [inputs, hidden]));
  const b1 = tf.variable(tf.zeros([hidden]));
  const W2 = tf.variable(tf.tensor2d(smallNormals(hidden * outputs), [hidden, outputs]));
  const b2 = tf.variable(tf.zeros([outputs]));
  const optimizer = tf.train.sgd(task.learningRate);
  const order = batches(task.rows, batch);
  const xBuffer = new Float32Array(batch * PIXELS);
  const tBuffer = new Float32Array(batch * outputs);

  const hiddenLayer = (x) => tf.relu(tf.add(tf.matMul(x, W1), b1));
  const scores = (a) => tf.add(tf.matMul(a, W2), b2);

  function minimize(x, t) {
    optimizer.minimize(() => tf.losses.softmaxCrossEntropy(t, scores(hiddenLayer(x))));
  }

  function stepByHand(x, t) {
    const a = hiddenLayer(x);
    const dscores = tf.div(tf.sub(tf.softmax(scores(a)), t), batch);
    // Transposes made first: the wasm backend is many times slower at a product of a transposed operand.
    const da = tf.mul(tf.matMul(dscores, tf.transpose(W2)), tf.step(a));
    const update = (W, dW) => W.assign(tf.sub(W, tf.mul(dW, task.learningRate)));
    update(W2, tf.matMul(tf.transpose(a), dscores));
    update(b2, tf.sum(dscores, 0));
    update(W1, tf.matMul(tf.transpose(x), da));
    update(b1, tf.sum(da, 0));
  }

  const step = byHand ? stepByHand : minimize;
  return {
    description: `TensorFlow.js ${tf.version_core}, backend ${tf.getBackend()}, Node ${process.versions.node}`,
    train(steps) {
      for (let i = 0; i < steps; i++) {
        const rows = order.next().value;
        tf.tidy(() => {
          const x = tf.tensor2d(gather(pixels, rows, xBuffer), [batch, inputs]);
          const t = tf.tensor2d(gather(answers, rows, tBuffer, outputs), [batch, outputs]);
          step(x, t);
        });
      }
      b2.dataSync();
    },
    probabilities(judged, count) {
      return tf.tidy(() => tf.softmax(scores(hiddenLayer(tf.tensor2d(judged, [count, inputs])))).dataSync());
    },
  };
});
