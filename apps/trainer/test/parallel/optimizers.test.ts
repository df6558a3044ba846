// The optimizers that a run can name are core's, with core's own learning rates (sgd: the book's).
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
