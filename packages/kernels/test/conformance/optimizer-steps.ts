// What the optimizers' steps must do on every backend: NumPy's bits, any layout, any cut, at every length.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checked } from "../../src/border/checked.ts";
import type { Kernels } from "../../src/kernels.ts";
import type { AdagradStep, AdamStep, MomentumStep, RmspropStep } from "../../src/optimizer-steps.ts";
import { referenceBackend } from "../../src/reference/index.ts";
import type { Dtype, Tensor } from "../../src/tensor.ts";
import { expectGuards, LAYOUTS, memories, poisonedOut } from "./layouts.ts";
import { DTYPES, dense, expectSameBits, seededNumbers } from "./values.ts";

type Op = "momentumStep" | "adagradStep" | "rmspropStep" | "adamStep";
type Numbers = MomentumStep & AdagradStep & RmspropStep & AdamStep;

interface Golden {
  readonly p: number[];
  readonly g: number[][];
  readonly cases: readonly { op: Op; dtype: Dtype; step: Numbers; p: number[]; state: number[][] }[];
}

const file = new URL("../fixtures/optimizer-steps.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(file, "utf8"));

/** The cases of one type: an operation, its numbers, and what three steps by NumPy make of p and of the state. */
export function goldenCases(dtype: Dtype): Golden["cases"] {
  return golden.cases.filter((entry) => entry.dtype === dtype);
}

/** One step of any optimizer; the state has as many tensors as it needs. */
export function runStep(
  kernels: Kernels,
  op: Op,
  p: Tensor,
  g: Tensor,
  state: readonly Tensor[],
  step: Numbers,
): Tensor {
  return op === "adamStep"
    ? kernels.adamStep(p, g, state[0], state[1], step)
    : kernels[op](p, g, state[0], step);
}

export function optimizerStepTests(make: () => Kernels): void {
  const oracle = checked(referenceBackend(), "the truth");

  describe.each(DTYPES)("optimizer steps in %s", (dtype) => {
    const cases = goldenCases(dtype);

    test.each(cases)(
      "$op has NumPy's bits after three steps, and leaves g alone",
      ({ op, step, p, state }) => {
        const found = dense(golden.p, [p.length], dtype);
        const states = state.map(() =>
          dense(
            p.map(() => 0),
            [p.length],
            dtype,
          ),
        );
        for (const numbers of golden.g) {
          const g = dense(numbers, [p.length], dtype);
          expect(runStep(make(), op, found, g, states, step)).toBe(found);
          expectSameBits(g, dense(numbers, [p.length], dtype), "g");
        }
        expectSameBits(found, p, "p");
        for (const [i, expected] of state.entries()) expectSameBits(states[i], expected, `state ${i}`);
      },
    );

    describe.each(memories(make))("in %s", (_memory, newArray) => {
      test.each(cases)(
        "$op has the reference's bits in every layout, and writes nothing around it",
        (entry) => {
          const [m, n] = [3, 7];
          const values = [0, 1, 2, 3].map((seed) => seededNumbers(m * n, seed + 1));
          // What is averaged from squares is never negative.
          const start = values.map((numbers, i) => (i < 2 ? numbers : numbers.map(Math.abs)));
          const count = 2 + entry.state.length;
          const [p, g, ...state] = start.slice(0, count).map((numbers) => dense(numbers, [m, n], dtype));
          runStep(oracle, entry.op, p, g, state, entry.step);
          for (const [i, layout] of LAYOUTS.entries()) {
            const operands = start.slice(0, count).map((numbers, k) => {
              const t = poisonedOut(LAYOUTS[(i + k) % LAYOUTS.length], m, n, dtype, newArray);
              numbers.forEach((value, at) => void t.set(Math.floor(at / n), at % n, value));
              return t;
            });
            const [pAt, gAt, ...stateAt] = operands;
            runStep(make(), entry.op, pAt, gAt, stateAt, entry.step);
            for (const [k, expected] of [p, g, ...state].entries()) {
              expectSameBits(operands[k], expected, `${layout}, operand ${k}`);
            }
            for (const t of operands) expectGuards(t, layout);
          }
        },
      );

      test.each(cases)("$op gives the same bits for any cut of the vectors", ({ op, step, state }) => {
        const length = 37;
        const vectors = [0, 1, 2, 3].map((k) => {
          const t = newArray(length, dtype);
          t.set(seededNumbers(length, k + 5).map((value) => (k < 2 ? value : Math.abs(value))));
          return t;
        });
        const whole = vectors.slice(0, 2 + state.length).map((data) => dense([...data], [length], dtype));
        runStep(oracle, op, whole[0], whole[1], whole.slice(2), step);
        for (const cut of [0, 1, 4, 15, 36]) {
          const parts = whole.map((_, k) => {
            const t = make().zeros([length], dtype);
            t.data.set(vectors[k]);
            return t;
          });
          for (const [from, to] of [
            [0, cut],
            [cut, length],
          ]) {
            const [p, g, ...rest] = parts.map((t) => t.lo(from).hi(to - from));
            runStep(make(), op, p, g, rest, step);
          }
          for (const [k, expected] of whole.entries()) {
            expectSameBits(parts[k], expected, `operand ${k}, cut at ${cut}`);
          }
        }
      });
    });
  });
}
