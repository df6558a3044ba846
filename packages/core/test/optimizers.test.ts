// What all optimizers promise besides their formula: gradients stay, state has its place, impossible numbers are refused.
import { toNestedArray } from "@gradloom/kernels";
import { describe, expect, test } from "vitest";
import {
  AdaGrad,
  Adam,
  AdamW,
  Momentum,
  Nesterov,
  type Optimizer,
  RMSProp,
  SGD,
  ShapeError,
  tensor,
  ValueError,
} from "../src/index.ts";
import { f64, unchangedBy, waves } from "./arrays.ts";

const all: [string, string[], (options?: { learningRate: number }) => Optimizer][] = [
  ["sgd", [], (options) => new SGD(options)],
  ["momentum", ["v"], (options) => new Momentum(options)],
  ["nesterov", ["v"], (options) => new Nesterov(options)],
  ["adagrad", ["h"], (options) => new AdaGrad(options)],
  ["rmsprop", ["h"], (options) => new RMSProp(options)],
  ["adam", ["m", "v"], (options) => new Adam(options)],
  ["adamw", ["m", "v"], (options) => new AdamW(options)],
];

describe.each(all)("%s", (name, stateNames, make) => {
  test("says its name and what it keeps", () => {
    expect([make().name, make().stateNames]).toEqual([name, stateNames]);
  });

  test("writes to parameters and state alone, also in float32", () => {
    for (const dtype of ["float32", "float64"] as const) {
      const p = tensor([1, -2, 3], dtype);
      const g = tensor([0.5, -0.25, 0], dtype);
      const state = stateNames.map(() => tensor([0, 0, 0], dtype));
      unchangedBy([g], () => make({ learningRate: 0.1 }).step(p, g, state, 1));
      expect(p.get(0)).toBeLessThan(1);
      expect(p.get(1)).toBeGreaterThan(-2);
      for (const kept of state) expect(kept.get(0)).not.toBe(0);
    }
  });

  test("is a function of its operands: another instance with the same state takes the same step", () => {
    const run = (optimizers: Optimizer[]): unknown => {
      const p = waves([9]);
      const state = stateNames.map(() => waves([9], 4));
      for (const kept of state) for (let i = 0; i < 9; i++) kept.data[i] = 0;
      optimizers.forEach((optimizer, i) => void optimizer.step(p, waves([9], i + 1), state, i + 1));
      return [p, ...state].map((t) => toNestedArray(t));
    };
    const one = make();
    expect(run([make(), make(), make()])).toEqual(run([one, one, one]));
  });

  test("takes the learning rate of a step from the caller; 0 moves nothing but the state", () => {
    const [a, b, still] = [waves([5]), waves([5]), waves([5])];
    const state = (): ReturnType<typeof waves>[] => stateNames.map(() => f64([0, 0, 0, 0, 0]));
    make({ learningRate: 0.3 }).step(a, waves([5], 1), state(), 1);
    make({ learningRate: 0.7 }).step(b, waves([5], 1), state(), 1, 0.3);
    make().step(still, waves([5], 1), state(), 1, 0);
    expect(a.data).toEqual(b.data);
    expect(still.data).toEqual(waves([5]).data);
    expect(() => make().step(a, waves([5]), state(), 1, -1)).toThrow(/learningRate is -1/);
  });

  test("refuses state that is missing or misshaped, and iterations that do not count from 1", () => {
    const [p, g] = [waves([5]), waves([5], 1)];
    const state = stateNames.map(() => waves([5], 2));
    expect(() => make().step(p, g, [...state, g], 1)).toThrow(ShapeError);
    for (const iteration of [0, 1.5, NaN]) {
      expect(() => make().step(p, g, state, iteration)).toThrow(/iteration is/);
    }
    if (stateNames.length > 0) {
      expect(() => make().step(p, g, [], 1)).toThrow(
        new RegExp(`${name} keeps ${stateNames.length} tensors`),
      );
      expect(() =>
        make().step(
          p,
          g,
          stateNames.map(() => waves([4])),
          1,
        ),
      ).toThrow(/\[4\].*\[5\]/);
    }
    expect(p.data).toEqual(waves([5]).data);
  });

  test("refuses to update anything when a gradient is missing", () => {
    const params = { W: f64([1]), b: f64([1]) };
    expect(() => make().update(params, { W: f64([1]) })).toThrow(/no gradient for b/);
    expect(params.W.get(0)).toBe(1);
  });
});

test.each<[string, () => unknown, RegExp]>([
  ["a learning rate of 0", () => new Adam({ learningRate: 0 }), /learningRate is 0.*0\.001/],
  ["a negative weight decay", () => new SGD({ weightDecay: -1 }), /weightDecay is -1/],
  ["a momentum of 1", () => new Momentum({ momentum: 1 }), /momentum is 1.*just below 1/],
  ["a momentum that is no number", () => new Nesterov({ momentum: NaN }), /momentum is NaN/],
  ["an eps of 0", () => new AdaGrad({ eps: 0 }), /eps is 0/],
  ["a decay rate above 1", () => new RMSProp({ decayRate: 1.5 }), /decayRate is 1\.5/],
  ["a beta below 0", () => new Adam({ beta1: -0.1 }), /beta1 is -0\.1/],
  ["a beta2 of 1", () => new AdamW({ beta2: 1 }), /beta2 is 1/],
])("%s is refused, with what was given and what is needed", (_title, act, message) => {
  expect(act).toThrow(ValueError);
  expect(act).toThrow(message);
});

test("after a million steps Adam corrects nothing any more", () => {
  // 1 − 0.5^1000000 is 1, and m and v stay what they are: a gradient that never changed.
  const [p, m, v] = [f64([1]), f64([0.5]), f64([0.25])];
  new Adam({ learningRate: 0.1, beta1: 0.5, beta2: 0.5 }).step(p, f64([0.5]), [m, v], 1_000_000);
  expect(Math.abs(p.get(0) - (1 - (0.1 * 0.5) / Math.sqrt(0.25)))).toBeLessThan(3e-9); // eps beside √v = 0.5;
});
