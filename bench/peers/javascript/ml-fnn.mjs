// ml-fnn: a feed-forward net on ml-matrix. Its activation is tanh whatever is asked for, and its labels are numbered
// in the order in which a batch shows them, so every batch begins with one image of each class in order.
import { createRequire } from "node:module";
import FeedForwardNeuralNetwork from "ml-fnn";
import { Matrix } from "ml-matrix";
import { contestant } from "./contestant.mjs";
import { batches, images, labels, PIXELS } from "./mnist.mjs";

await contestant((task) => {
  const pixels = images(task.mnist, "train", task.rows);
  const classes = labels(task.mnist, "train", task.rows);
  const one = Array.from({ length: 10 }, (_, digit) => classes.indexOf(digit));
  const order = batches(task.rows, task.batch);
  const net = new FeedForwardNeuralNetwork({
    hiddenLayers: [task.hidden],
    iterations: 1,
    // It adds the gradients of a batch up where others take their mean. 0 would mean its own default.
    learningRate: task.learningRate / task.batch,
    regularization: 1e-12,
  });
  const rowOf = (data, row) => data.subarray(row * PIXELS, (row + 1) * PIXELS);
  const { version } = createRequire(import.meta.url)("ml-fnn/package.json");

  return {
    description: `ml-fnn ${version}, Node ${process.versions.node}`,
    train(steps) {
      for (let step = 0; step < steps; step++) {
        const rows = [...order.next().value];
        rows.splice(0, one.length, ...one);
        net.train(
          new Matrix(rows.map((row) => Array.from(rowOf(pixels, row)))),
          rows.map((row) => classes[row]),
        );
      }
    },
    probabilities(judged, count) {
      const rows = Array.from({ length: count }, (_, row) => Array.from(rowOf(judged, row)));
      return net.propagate(new Matrix(rows)).to1DArray();
    },
  };
});
