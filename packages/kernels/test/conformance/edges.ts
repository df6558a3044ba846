// NaN, infinities, negative zero, empty arrays and views: what NumPy makes of them (fixtures/make-edges.py), on every
// backend; and the few places where something else was chosen, which the README's table names.
import { readFileSync } from "node:fs";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { Kernels } from "../../src/kernels.ts";
import type { Tensor } from "../../src/tensor.ts";
import { memories } from "./layouts.ts";
import { DTYPES, expectClose, UNIT, valuesOf } from "./values.ts";

interface Figures {
  readonly shape: number[];
  readonly data: number[];
}

interface Case {
  /** The row of the README's table. */
  readonly row: string;
  readonly op: string;
  readonly operands: readonly Figures[];
  /** A string is the message with which NumPy refuses. */
  readonly result: Figures | boolean | string;
}

const WORDS: ReadonlySet<unknown> = new Set(["NaN", "Infinity", "-Infinity", "-0"]);
const revive = (_: string, value: unknown): unknown => (WORDS.has(value) ? Number(value) : value);
const file = new URL("../fixtures/edges.json", import.meta.url);

export const EDGES: readonly Case[] = JSON.parse(readFileSync(file, "utf8"), revive).cases;

/** Where our results are others than NumPy's, on purpose. */
export const DEVIATIONS: Readonly<Record<string, Figures>> = {
  "softmax of rows of nothing": { shape: [3, 0], data: [] },
  "cross-entropy where an impossible class has no weight": { shape: [1], data: [Math.LN2] },
  "relu's gradient": {
    shape: [14],
    data: [NaN, Infinity, -Infinity, 0, -0, 1.5, -1.5, 0, 0, 0, 0, 0, 0, 0],
  },
};

type Call = (k: Kernels, operands: readonly Tensor[]) => Tensor | boolean;

/** How each operation of the fixture is called; each view is NumPy's of the same name, times a matrix. */
const CALLS: Readonly<Record<string, Call>> = {
  matmul: (k, [a, b]) => k.matmul(a, b),
  softmax: (k, [x]) => k.softmax(x),
  logSoftmax: (k, [x]) => k.logSoftmax(x),
  softmaxCrossEntropy: (k, [x, t]) => k.softmaxCrossEntropy(x, t).losses,
  relu: (k, [x]) => k.relu(x),
  reluBackward: (k, [y, dout]) => k.reluBackward(y, dout),
  sigmoid: (k, [x]) => k.sigmoid(x),
  sigmoidBackward: (k, [y, dout]) => k.sigmoidBackward(y, dout),
  addBias: (k, [x, b]) => k.addBias(x, b),
  sumRows: (k, [x]) => k.sumRows(x),
  axpy: (k, [x, y]) => k.axpy(2, x, y),
  gatherRows: (k, [x]) => {
    const out = k.zeros([3, x.shape[1]], x.dtype === "float64" ? "float64" : "float32");
    return k.gatherRows(x, ndarray(Int32Array.of(0, 0, 1)), out);
  },
  allFinite: (k, [x]) => k.allFinite(x),
  "view transposed": (k, [x, b]) => k.matmul(x.transpose(1, 0), b),
  "view reversed": (k, [x, b]) => k.matmul(x.step(-1, -1), b),
  "view every second row and column": (k, [x, b]) => k.matmul(x.step(2, 2), b),
  "view repeated row": (k, [x, b]) => k.matmul(ndarray(x.data, [4, 6], [0, 1], x.offset + 6), b),
};

/** Results of exp and log, within their errors; all others exactly, the signs of zeros included. */
const ROUNDED: ReadonlySet<string> = new Set(["softmax", "logSoftmax", "softmaxCrossEntropy", "sigmoid"]);

export function edgeTests(make: () => Kernels): void {
  describe.each(DTYPES)("the edges in %s", (dtype) => {
    describe.each(memories(make))("in %s", (_, newArray) => {
      test.each(EDGES)("$row", ({ row, op, operands, result }) => {
        const laid = operands.map(({ shape, data }) => {
          const room = newArray(data.length, dtype);
          room.set(data);
          return ndarray(room, [...shape]);
        });
        const found = CALLS[op](make(), laid);
        const expected = DEVIATIONS[row] ?? result;
        if (typeof expected !== "object" || typeof found === "boolean") {
          expect(found).toBe(expected);
          return;
        }
        expect(found.shape).toEqual(expected.shape);
        if (ROUNDED.has(op)) expectClose(found, expected.data, 16 * UNIT[dtype], row);
        else expect(valuesOf(found)).toEqual(expected.data);
      });
    });
  });
}
