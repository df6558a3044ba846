// Every length of row around the width of a register, in the kernels' own memory, dense and as a block of a wider matrix:
// the bits of dense operands elsewhere for ordinary and for special values, and nothing around an output touched.
import ndarray from "ndarray";
import { describe, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import type { Tensor } from "../../src/tensor.ts";
import { expectGuards, laidOut, type NewArray, poisonedOut } from "./layouts.ts";
import type { Rounding } from "./rounding.ts";
import { DTYPES, dense, expectSameBits, seededNumbers } from "./values.ts";

export const LENGTHS: readonly number[] = [...Array.from({ length: 18 }, (_, n) => n), 31, 32, 33];
export const PLACES: readonly string[] = ["row-major", "block of a wider matrix", "rows reversed"];
const ROWS = 3;

const SPECIAL = [
  0,
  -0,
  NaN,
  Infinity,
  -Infinity,
  1e-310,
  -1e-310,
  1e-42,
  -1e-42,
  3e38,
  -3e38,
  800,
  -800,
  90,
  -90,
];

/** Ordinary numbers with a special one now and then, each special one at another place for every seed. */
export function mixed(count: number, seed: number): number[] {
  return seededNumbers(count, seed).map((value, i) =>
    (i * 7 + seed) % 3 === 0 ? SPECIAL[(i + seed) % SPECIAL.length] : 8 * value,
  );
}

export function lengthTests(make: () => Kernels, rounding: Rounding): void {
  const oracle = rounding.truth;

  describe.each(DTYPES)("every length of row, in the kernels' own memory, in %s", (dtype) => {
    const own: NewArray = (length) => make().zeros([length], dtype).data;
    /** Whole numbers in the kernels' own memory, every second place and backwards. */
    const wholeNumbers = (values: readonly number[]) => {
      const { buffer, byteOffset } = make().zeros([values.length], "float64").data;
      const data = new Int32Array(buffer, byteOffset, 2 * values.length).fill(1);
      const t = ndarray(data, [values.length], [-2], 2 * values.length - 1);
      values.forEach((value, i) => void t.set(i, value));
      return t;
    };

    /** Runs `call` on operands in each place; `truth` on dense ones elsewhere must have the same bits. */
    function compare(what: string, columns: number, call: (k: Kernels, x: Tensor[], out?: Tensor) => Tensor) {
      const inputs = [1, 2].map((seed) => mixed(ROWS * columns, seed + columns));
      const expected = call(
        oracle,
        inputs.map((values) => dense(values, [ROWS, columns], dtype)),
      );
      PLACES.forEach((place, turn) => {
        // Every operand in its own place: all pairs of them come up as the lengths go on.
        const [second, last] = [turn + columns, turn + 2 * columns + 1].map((i) => PLACES[i % PLACES.length]);
        const out = poisonedOut(last, ROWS, columns, dtype, own);
        const laid = inputs.map((values, i) =>
          laidOut([place, second][i], values, ROWS, columns, dtype, own),
        );
        expectSameBits(call(make(), laid, out), expected, `${what}, rows of ${columns}, ${place}`);
        expectGuards(out, what);
      });
    }

    test.each(LENGTHS)("relu, sigmoid and their backward forms: %i", (columns) => {
      compare("relu", columns, (k, [x], out) => k.relu(x, out));
      compare("sigmoid", columns, (k, [x], out) => k.sigmoid(x, out));
      compare("reluBackward", columns, (k, [y, dout], out) => k.reluBackward(y, dout, out));
      compare("sigmoidBackward", columns, (k, [y, dout], out) => k.sigmoidBackward(y, dout, out));
    });

    test.each(LENGTHS)("axpy, addBias and sumRows: %i", (columns) => {
      compare("axpy", columns, (k, [x, y], out = y) => {
        for (let i = 0; i < ROWS; i++) for (let j = 0; j < columns; j++) out.set(i, j, y.get(i, j));
        return k.axpy(-0.1, x, out);
      });
      const bias = mixed(columns, 5);
      const ownBias = laidOut("row-major", bias, 1, columns, dtype, own).pick(0, null);
      compare("addBias", columns, (k, [x], out) =>
        k.addBias(x, k === oracle ? dense(bias, [columns], dtype) : ownBias, out),
      );
      compare("sumRows", columns, (k, [x]) => {
        const guarded = poisonedOut("block of a wider matrix", 1, columns, dtype, own);
        const sums = k.sumRows(x, guarded.pick(0, null));
        expectGuards(guarded, "sumRows");
        return sums;
      });
    });

    test.each(LENGTHS)("gatherRows from floats and from bytes: %i", (columns) => {
      const numbers = wholeNumbers([2, 0, 2]);
      compare("gatherRows", columns, (k, [x], out) =>
        k.gatherRows(x, numbers, out ?? dense(new Array(ROWS * columns).fill(0), [ROWS, columns], dtype), {
          scale: 0.3,
        }),
      );
      const bytes = Array.from({ length: ROWS * columns }, (_, i) => (i * 89) % 256);
      const room = make().zeros([ROWS * columns + 1], dtype).data;
      const pixels = new Uint8Array(room.buffer, room.byteOffset, ROWS * columns);
      pixels.set(bytes);
      compare("gatherRows of bytes", columns, (k, _, out) =>
        k.gatherRows(
          ndarray(k === oracle ? Uint8Array.from(bytes) : pixels, [ROWS, columns]),
          numbers,
          out ?? dense(new Array(ROWS * columns).fill(0), [ROWS, columns], dtype),
          { scale: 1 / 255 },
        ),
      );
    });

    test.each(LENGTHS.slice(1))("softmax with cross-entropy and its gradient: %i", (columns) => {
      const labels = [columns - 1, 0, columns >> 1];
      for (const soft of [true, false]) {
        const target = (t: Tensor) => (soft ? t : wholeNumbers(labels));
        compare("y", columns, (k, [x, t], out) => k.softmaxCrossEntropy(x, target(t), out && { y: out }).y);
        compare("losses", columns, (k, [x, t], y) => {
          const guarded = poisonedOut("block of a wider matrix", ROWS, 1, dtype, own);
          const losses = guarded.pick(null, 0);
          k.softmaxCrossEntropy(x, target(t), y ? { y, losses } : { losses });
          expectGuards(guarded, "losses");
          return losses;
        });
        compare("gradient", columns, (k, [y, t], out) =>
          k.softmaxCrossEntropyBackward(y, target(t), 1 / 3, out),
        );
      }
    });
  });
}
