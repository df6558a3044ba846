// The book's loop over core's layers in one thread: what the trainer's workers add is the difference to this.
import { createKernels, SGD, softmax, TwoLayerNet, tensor } from "@gradloom/core";
import ndarray from "ndarray";
import { contestant } from "../peers/javascript/contestant.mjs";
import { batches, images, labels, PIXELS } from "../peers/javascript/mnist.mjs";

await contestant((task) => {
  const kernels = createKernels();
  const pixels = ndarray(images(task.mnist, "train", task.rows), [task.rows, PIXELS]);
  const classes = labels(task.mnist, "train", task.rows);
  const net = new TwoLayerNet(task.inputs, task.hidden, task.outputs, { kernels });
  const sgd = new SGD({ learningRate: task.learningRate, kernels });
  const x = kernels.zeros([task.batch, PIXELS]);
  const t = ndarray(new Int32Array(task.batch), [task.batch]);
  const gradients = kernels.zeros([net.layout.length]);
  const order = batches(task.rows, task.batch);
  const { backend, operations } = kernels.explain();

  return {
    description: `@gradloom/core on ${backend} (${operations.matmul}), Node ${process.versions.node}`,
    train(steps) {
      for (let step = 0; step < steps; step++) {
        const rows = order.next().value;
        kernels.gatherRows(pixels, ndarray(rows, [rows.length]), x);
        for (const [i, row] of rows.entries()) t.data[i] = Number(classes[row]);
        net.gradient(x, t, gradients);
        sgd.step(net.parameters, gradients);
      }
    },
    probabilities(pixels, count) {
      const rows = Array.from({ length: count }, (_, i) => [
        ...pixels.subarray(i * PIXELS, (i + 1) * PIXELS),
      ]);
      return softmax(net.predict(tensor(rows))).data;
    },
  };
});
