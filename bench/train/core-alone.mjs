// The book's loop over core's layers in one thread: what the trainer's workers add is the difference to this.
import { createKernels, SGD, softmax, TwoLayerNet, tensor } from "@gradloom/core";
import { Arena } from "@gradloom/kernels";
import ndarray from "ndarray";
import { contestant } from "../peers/javascript/contestant.mjs";
import { batches, imageBytes, labels, PIXELS } from "../peers/javascript/mnist.mjs";

const PIXEL_SCALE = { scale: 1 / 255 };
/** Parameters, activations and gradients of the largest work, with room to spare. */
const WORKING_BYTES = 512 * 2 ** 20;

await contestant((task) => {
  // Bytes in the kernels' own memory, as the trainer keeps them.
  const arena = Arena.create({ byteLength: task.rows * PIXELS + WORKING_BYTES });
  const kernels = createKernels({ arena });
  const pixels = arena.allocate("uint8", [task.rows, PIXELS]);
  pixels.data.set(imageBytes(task.mnist, "train", task.rows));
  const classes = labels(task.mnist, "train", task.rows);
  const net = new TwoLayerNet(task.inputs, task.hidden, task.outputs, { kernels });
  const sgd = new SGD({ learningRate: task.learningRate, kernels });
  const x = kernels.zeros([task.batch, PIXELS]);
  const t = arena.allocate("int32", [task.batch]);
  const gradients = kernels.zeros([net.layout.length]);
  const order = batches(task.rows, task.batch);
  const { backend, operations } = kernels.explain();

  return {
    description: `@gradloom/core on ${backend} (${operations.matmul}), Node ${process.versions.node}`,
    train(steps) {
      for (let step = 0; step < steps; step++) {
        const rows = order.next().value;
        kernels.gatherRows(pixels, ndarray(rows, [rows.length]), x, PIXEL_SCALE);
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
