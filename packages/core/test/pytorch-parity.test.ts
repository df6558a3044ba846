// Against PyTorch in float64: scores, loss and every gradient of a 3-layer net, and 100 steps of each optimizer.
import { type Kernels, toNestedArray } from "@gradloom/kernels";
import { describe, expect, test } from "vitest";
import {
  AdaGrad,
  Adam,
  AdamW,
  createKernels,
  Momentum,
  type MultiLayerNet,
  Nesterov,
  type Optimizer,
  RMSProp,
  SGD,
  type Tensor,
} from "../src/index.ts";
import { expectClose } from "./arrays.ts";
import { backends } from "./kernels-under-test.ts";
import { batchOf, figures, firstNet } from "./pytorch-figures.ts";

const BOUND = 1e-12;
const optimizers = { SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adam, AdamW };

/** Every parameter, one after the other, without the gaps between their windows. */
const flat = (net: MultiLayerNet): number[] =>
  Object.values(net.params).flatMap((p) => [...p.data.subarray(p.offset, p.offset + p.size)]);

describe.each(backends)("%s kernels", (_, kernels) => {
  test("scores, loss and every gradient are PyTorch's within 1e-12", () => {
    const net = firstNet(kernels);
    const [x, t] = batchOf(0);
    expectClose(net.predict(x), figures.first.scores, BOUND);
    expect(Math.abs(net.loss(x, t) - figures.first.loss)).toBeLessThanOrEqual(BOUND);
    const grads = Object.values(net.gradient(x, t));
    expect(grads.length).toBe(figures.first.grads.length);
    for (const [i, expected] of figures.first.grads.entries()) expectClose(grads[i], expected, BOUND);
  });

  test.each(figures.runs)(
    "100 steps of $optimizer $options are PyTorch's within 1e-12, loss by loss",
    (run) => {
      const net = firstNet(kernels);
      const optimizer = new optimizers[run.optimizer]({ ...run.options, kernels });
      for (const [step, expected] of run.losses.entries()) {
        const [x, t] = batchOf(step);
        const grads = net.gradient(x, t);
        expect(Math.abs(net.lastLayer.loss - expected), `loss of step ${step}`).toBeLessThanOrEqual(BOUND);
        optimizer.update(net.params, grads);
      }
      for (const [i, value] of flat(net).entries()) {
        expect(Math.abs(value - run.parameters[i]), `parameter ${i}`).toBeLessThanOrEqual(BOUND);
      }
    },
  );
});

test("the recorded runs cover every optimizer, and each of them learns", () => {
  const names = ["AdaGrad", "Adam", "AdamW", "Momentum", "Nesterov", "RMSProp", "SGD"];
  expect([...new Set(figures.runs.map(({ optimizer }) => optimizer))].sort()).toEqual(names);
  for (const { losses } of figures.runs) expect(losses[99]).toBeLessThan(losses[0]);
});

test.each(figures.runs)(
  "$optimizer $options on slices of flat vectors has the bits of its update by name",
  (run) => {
    const kernels: Kernels = createKernels();
    const [named, sliced] = [firstNet(kernels), firstNet(kernels)];
    const make = (): Optimizer => new optimizers[run.optimizer]({ ...run.options, kernels });
    const [byName, flatOptimizers] = [make(), [make(), make(), make()]];
    const { length } = sliced.layout;
    const gradients = kernels.zeros([length], "float64");
    const state = byName.stateNames.map(() => kernels.zeros([length], "float64"));
    const cuts = [0, 7, 33, length]; // through the middle of W1, whatever the layout
    for (let step = 0; step < 20; step++) {
      const [x, t] = batchOf(step);
      byName.update(named.params, named.gradient(x, t));
      sliced.gradient(x, t, gradients);
      for (const [rank, optimizer] of flatOptimizers.entries()) {
        const slice = (whole: Tensor): Tensor => whole.lo(cuts[rank]).hi(cuts[rank + 1] - cuts[rank]);
        optimizer.step(slice(sliced.parameters), slice(gradients), state.map(slice), step + 1);
      }
    }
    for (const name of Object.keys(named.params)) {
      expect(toNestedArray(sliced.params[name])).toEqual(toNestedArray(named.params[name]));
    }
  },
);
