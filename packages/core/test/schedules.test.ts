// Learning-rate schedules: PyTorch's figures, composition, and states that are plain data.
import { describe, expect, test } from "vitest";
import {
  constant,
  cosineDecay,
  linearWarmUp,
  type PlateauState,
  reduceOnPlateau,
  stepDecay,
  ValueError,
} from "../src/index.ts";
import { cosPi } from "../src/schedules/cos-pi.ts";
import { figures } from "./pytorch-figures.ts";

const { schedules } = figures;

function expectRates(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [i, rate] of found.entries()) {
    expect(Math.abs(rate - expected[i]), `iteration ${i + 1}: ${rate}, ${expected[i]}`).toBeLessThan(1e-15);
  }
}

describe("rates are PyTorch's", () => {
  test.each([
    ["step", stepDecay({ learningRate: 0.4, every: 4, factor: 0.3 })],
    ["cosine", cosineDecay({ learningRate: 0.4, iterations: 20, floor: 0.01 })],
    ["warmUp", linearWarmUp({ iterations: 9, start: 0.1 }, constant(0.4))],
  ] as const)("%s", (name, schedule) => {
    expectRates(
      schedules[name].map((_, i) => schedule(i + 1)),
      schedules[name],
    );
  });

  test("plateau, and the state before is left as it was", () => {
    const start: PlateauState = Object.freeze({ learningRate: 0.4 });
    let state = start;
    const options = { factor: 0.5, patience: 2, threshold: 0.01, minimum: 0.03 };
    const rates = schedules.plateau.losses.map((loss) => {
      // Through JSON, as in a checkpoint: nothing is lost.
      state = Object.freeze(JSON.parse(JSON.stringify(reduceOnPlateau(state, loss, options))));
      return state.learningRate;
    });
    expectRates(rates, schedules.plateau.rates);
    expect(state.best).toBe(0.5);
    expect(start).toEqual({ learningRate: 0.4 });
  });
});

test("a warm-up is a factor in front of any schedule, and starts above 0 by default", () => {
  const cosine = cosineDecay({ learningRate: 1, iterations: 10 });
  const warm = linearWarmUp({ iterations: 4 }, cosine);
  expect([1, 2, 3, 4].map((i) => Math.round((warm(i) / cosine(i)) * 1e9) / 1e9)).toEqual([
    0.2, 0.4, 0.6, 0.8,
  ]);
  for (const i of [5, 6, 11, 99]) expect(warm(i)).toBe(cosine(i));
});

test("a cosine starts at its rate, ends at its floor and stays there", () => {
  const cosine = cosineDecay({ learningRate: 0.5, iterations: 8, floor: 0.125 });
  expect([cosine(1), cosine(5), cosine(9), cosine(1000)]).toEqual([0.5, 0.3125, 0.125, 0.125]);
});

test("cos(π·x) is the engine's within 5e-16 and exact at 0, ½ and 1", () => {
  expect([cosPi(0), cosPi(0.5), cosPi(1)]).toEqual([1, 0, -1]);
  for (let i = 0; i <= 1000; i++) {
    expect(Math.abs(cosPi(i / 1000) - Math.cos((Math.PI * i) / 1000))).toBeLessThanOrEqual(5e-16);
  }
});

test("a loss that is NaN counts as no better, from the first on", () => {
  let state: PlateauState = { learningRate: 1 };
  for (let i = 0; i < 3; i++) state = reduceOnPlateau(state, NaN, { patience: 2 });
  expect(state).toEqual({ learningRate: 0.1, waited: 0 });
});

test.each<[string, () => unknown, RegExp]>([
  ["a rate of 0", () => constant(0), /learningRate is 0/],
  ["a step of no iterations", () => stepDecay({ learningRate: 1, every: 0 }), /every is 0/],
  ["half an iteration", () => cosineDecay({ learningRate: 1, iterations: 2.5 }), /iterations is 2\.5/],
  ["a warm-up from above", () => linearWarmUp({ iterations: 3, start: 2 }, constant(1)), /start is 2/],
  ["iteration 0", () => stepDecay({ learningRate: 1, every: 2 })(0), /iteration is 0/],
  ["a factor of 1", () => reduceOnPlateau({ learningRate: 1 }, 1, { factor: 1 }), /factor is 1/],
])("%s is refused", (_title, act, message) => {
  expect(act).toThrow(ValueError);
  expect(act).toThrow(message);
});
