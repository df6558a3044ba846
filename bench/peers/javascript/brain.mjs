// brain.js: one sigmoid layer, squared error, one sample a step, plain JavaScript. It knows no batches.
import { createRequire } from "node:module";
import brain from "brain.js";
import { contestant } from "./contestant.mjs";
import { batches, images, labels, oneHot, PIXELS } from "./mnist.mjs";

// Its default; the task's would be for softmax.
const LEARNING_RATE = 0.3;

await contestant((task) => {
  const pixels = images(task.mnist, "train", task.rows);
  const answers = oneHot(labels(task.mnist, "train", task.rows));
  const samples = Array.from({ length: task.rows }, (_, row) => ({
    // Plain arrays: typed ones it takes for objects, and looks every pixel up by its name.
    input: Array.from(pixels.subarray(row * PIXELS, (row + 1) * PIXELS)),
    output: Array.from(answers.subarray(row * 10, (row + 1) * 10)),
  }));
  const order = batches(task.rows, 1);
  const net = new brain.NeuralNetwork({ hiddenLayers: [task.hidden] });
  const { version } = createRequire(import.meta.url)("brain.js/package.json");

  return {
    description: `brain.js ${version}, Node ${process.versions.node}`,
    train(steps) {
      const picked = Array.from({ length: steps }, () => samples[order.next().value[0]]);
      net.train(picked, { iterations: 1, learningRate: LEARNING_RATE, errorThresh: 1e-9 });
    },
    probabilities(judged, count) {
      return Array.from({ length: count }, (_, row) => {
        const outputs = [...net.run(judged.subarray(row * PIXELS, (row + 1) * PIXELS))];
        const sum = outputs.reduce((all, output) => all + output, 0);
        return outputs.map((output) => output / sum);
      }).flat();
    },
  };
});
