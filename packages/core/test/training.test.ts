// TwoLayerNet trained in one thread: the book's loop lowers the loss, and both ways of writing it give the same bits.
import { defaultKernels } from "@gradloom/kernels";
import { expect, test } from "vitest";
import { createKernels, SGD, TwoLayerNet } from "../src/index.ts";
import { backends } from "./kernels-under-test.ts";
import { mnistDigits } from "./mnist.ts";

const BATCH = 100;
const { x, t } = mnistDigits(1000, "float32");

test("three epochs over 1000 digits teach the net most of them", () => {
  const kernels = defaultKernels();
  const net = new TwoLayerNet(784, 50, 10, { weightInitStd: 0.05, kernels });
  const sgd = new SGD({ learningRate: 0.5, kernels });
  const before = net.loss(x, t);
  for (let step = 0; step < 30; step++) {
    const { images, labels } = batch(step);
    sgd.update(net.params, net.gradient(images, labels));
  }
  expect(net.loss(x, t)).toBeLessThan(before / 2);
  expect(net.accuracy(x, t)).toBeGreaterThan(0.8);
});

test("updates by name and steps on the flat vectors give the same bits", () => {
  const kernels = createKernels();
  const [named, flat] = [
    new TwoLayerNet(784, 50, 10, { kernels }),
    new TwoLayerNet(784, 50, 10, { kernels }),
  ];
  const sgd = new SGD({ learningRate: 0.1, kernels });
  const gradients = kernels.zeros([flat.layout.length]);
  for (let step = 0; step < 5; step++) {
    const { images, labels } = batch(step);
    sgd.update(named.params, named.gradient(images, labels));
    flat.gradient(images, labels, gradients);
    sgd.step(flat.parameters, gradients);
  }
  for (let i = 0; i < flat.layout.length; i++) expect(flat.parameters.get(i)).toBe(named.parameters.get(i));
});

test("plain loops and SIMD train to the same bits, the default to nearly the same numbers", () => {
  const [loops, simd, fastest] = backends.map(([, kernels]) => {
    const net = new TwoLayerNet(784, 50, 10, { kernels });
    const sgd = new SGD({ learningRate: 0.1, kernels });
    for (let step = 0; step < 5; step++) {
      const { images, labels } = batch(step);
      sgd.update(net.params, net.gradient(images, labels));
    }
    return Array.from({ length: net.layout.length }, (_, i) => net.parameters.get(i));
  });
  expect(simd).toEqual(loops);
  const furthest = fastest.reduce((most, value, i) => Math.max(most, Math.abs(value - loops[i])), 0);
  expect(furthest).toBeLessThan(1e-6);
});

function batch(step: number): { images: typeof x; labels: typeof t } {
  const from = (step % 10) * BATCH;
  return { images: x.lo(from, 0).hi(BATCH, 784), labels: t.lo(from).hi(BATCH) };
}
