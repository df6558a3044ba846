// A net from its parts: layers in a list, forward through it, backward through it, and a step down the gradient.
import { Affine, Relu, random, SoftmaxWithLoss, type Tensor, tensor } from "@gradloom/core";

// Exclusive or: class 1 where exactly one of the two inputs is 1.
const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);
const t = tensor([
  [1, 0],
  [0, 1],
  [0, 1],
  [1, 0],
]);

// Initial weights: normal numbers of a seed, so that the output below is the same everywhere.
const weights = random({ seed: 1, stream: "weights" });
const row = (length: number, from: number) => Array.from({ length }, (_, i) => weights.normal(from + i));
const affine1 = new Affine(tensor([row(8, 0), row(8, 8)]), tensor(Array(8).fill(0))); // (2, 8) and (8,)
const affine2 = new Affine(tensor(Array.from({ length: 8 }, (_, i) => row(2, 16 + 2 * i))), tensor([0, 0]));
const layers = [affine1, new Relu(), affine2];
const lastLayer = new SoftmaxWithLoss();

for (let step = 0; step <= 200; step++) {
  let out: Tensor = x;
  for (const layer of layers) out = layer.forward(out); // (4, 2) → (4, 8) → (4, 8) → (4, 2)
  const loss = lastLayer.forward(out, t);
  if (step % 50 === 0) console.log("step", step, "loss", loss.toFixed(4));

  let dout = lastLayer.backward();
  for (const layer of layers.toReversed()) dout = layer.backward(dout);

  for (const { W, b, dW, db } of [affine1, affine2]) {
    for (let i = 0; i < W.size; i++) W.data[i] -= 0.5 * dW.data[i];
    for (let i = 0; i < b.size; i++) b.data[i] -= 0.5 * db.data[i];
  }
}
