// The optimizers' steps at every length of row around the width of a register, in the kernels' own memory, dense and as a
// block of a wider matrix: the reference's bits for ordinary and for special values, and nothing around them touched.
import { describe, test } from "vitest";
import { checked } from "../../src/border/checked.ts";
import type { Kernels } from "../../src/kernels.ts";
import { referenceBackend } from "../../src/reference/index.ts";
import { expectGuards, type NewArray, poisonedOut } from "./layouts.ts";
import { LENGTHS, mixed, PLACES } from "./lengths.ts";
import { goldenCases, runStep } from "./optimizer-steps.ts";
import { DTYPES, dense, expectSameBits } from "./values.ts";

const ROWS = 3;

export function optimizerStepLengthTests(make: () => Kernels): void {
  const oracle = checked(referenceBackend(), "the truth");

  describe.each(DTYPES)(
    "optimizer steps on rows of every length, in the kernels' own memory, in %s",
    (dtype) => {
      const own: NewArray = (length) => make().zeros([length], dtype).data;

      test.each(goldenCases(dtype))("$op has the reference's bits", ({ op, step, state }) => {
        for (const columns of LENGTHS) {
          const values = [...Array(2 + state.length).keys()].map((k) => {
            const numbers = mixed(ROWS * columns, k + columns + 1);
            // What is averaged from squares is never negative, but a caller's may be.
            return k < 2 || columns % 4 === 0 ? numbers : numbers.map(Math.abs);
          });
          const [p, g, ...states] = values.map((numbers) => dense(numbers, [ROWS, columns], dtype));
          runStep(oracle, op, p, g, states, step);
          for (const [turn, place] of PLACES.entries()) {
            for (const mixing of [0, 1]) {
              const what = `${op}, rows of ${columns}, ${place}${mixing ? " and others" : ""}`;
              const laid = values.map((numbers, k) => {
                const t = poisonedOut(PLACES[(turn + mixing * k) % PLACES.length], ROWS, columns, dtype, own);
                numbers.forEach((value, at) => void t.set(Math.floor(at / columns), at % columns, value));
                return t;
              });
              const [pAt, gAt, ...statesAt] = laid;
              runStep(make(), op, pAt, gAt, statesAt, step);
              for (const [k, expected] of [p, g, ...states].entries()) {
                expectSameBits(laid[k], expected, `${what}, operand ${k}`);
              }
              for (const t of laid) expectGuards(t, what);
            }
          }
        }
      });
    },
  );
}
