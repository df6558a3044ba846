// convnetjs: one fully connected ReLU layer and softmax, with its SGD trainer. It goes through a batch row by row.
import convnetjs from "convnetjs";
import { contestant } from "./contestant.mjs";
import { batches, images, labels, PIXELS } from "./mnist.mjs";

await contestant((task) => {
  const pixels = images(task.mnist, "train", task.rows);
  const classes = labels(task.mnist, "train", task.rows);
  const order = batches(task.rows, task.batch);
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: task.inputs },
    { type: "fc", num_neurons: task.hidden, activation: "relu" },
    { type: "softmax", num_classes: task.outputs },
  ]);
  const trainer = new convnetjs.Trainer(net, {
    method: "sgd",
    learning_rate: task.learningRate,
    momentum: 0,
    batch_size: task.batch,
    l2_decay: 0,
  });
  const volume = new convnetjs.Vol(1, 1, task.inputs, 0);
  const load = (data, row) => {
    for (let i = 0; i < PIXELS; i++) volume.w[i] = data[row * PIXELS + i];
    return volume;
  };

  return {
    description: `convnetjs ${convnetjs.REVISION ?? ""}, Node ${process.versions.node}`,
    train(steps) {
      for (let step = 0; step < steps; step++) {
        for (const row of order.next().value) trainer.train(load(pixels, row), classes[row]);
      }
    },
    probabilities(judged, count) {
      return Array.from({ length: count }, (_, row) => [...net.forward(load(judged, row)).w]).flat();
    },
  };
});
