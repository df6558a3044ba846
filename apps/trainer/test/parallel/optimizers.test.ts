// The optimizers that a run can name are core's, with core's own learning rates (sgd: the book's).
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { type OptimizerName, resolveOptions } from "../../src/options.ts";
import { optimizerOf } from "../../src/parallel/optimizer.ts";

const NAMES = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"] as const;

test.each(NAMES)("%s goes by its own name and learning rate", (optimizer: OptimizerName) => {
  const { name, learningRate } = optimizerOf(optimizer);
  expect(name).toBe(optimizer);
  expect(resolveOptions({ optimizer }).learningRate).toBe(optimizer === "sgd" ? 0.1 : learningRate);
  expect(resolveOptions({ optimizer, learningRate: 0.5 }).learningRate).toBe(0.5);
});

// So a step only looks for what is not finite among its parameters.
test.each(NAMES)("%s makes a parameter not finite by a gradient that is not, whatever the rate", (name) => {
  for (const gradient of [Number.NaN, Infinity, -Infinity]) {
    for (const rate of [0.1, 1e-40, 0]) {
      for (const weightDecay of [0, 0.1]) {
        const optimizer = optimizerOf(name, { weightDecay });
        const state = optimizer.stateNames.map(() => ndarray(new Float32Array(1)));
        const parameter = ndarray(Float32Array.of(0.5));
        optimizer.step(parameter, ndarray(Float32Array.of(gradient)), state, 1, rate);
        expect(parameter.get(0), `${gradient} at ${rate}`).not.toSatisfy(Number.isFinite);
      }
    }
  }
});
