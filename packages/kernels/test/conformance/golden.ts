// The golden numbers that NumPy made (fixtures/make-golden.py).
import { readFileSync } from "node:fs";
import type { Nested } from "../../src/tensor.ts";

type Vector = number[];
type Matrix = number[][];

interface CrossEntropyCase {
  readonly x: Matrix;
  readonly classes: Vector;
  readonly oneHot: Matrix;
  readonly soft: Matrix;
  readonly y: Matrix;
  readonly hard: { readonly losses: Vector; readonly dx: Matrix };
  readonly weighted: { readonly losses: Vector; readonly dx: Matrix };
}

export interface Golden {
  readonly matmul: readonly Record<"a" | "b" | "c" | "product" | "accumulated", Matrix>[];
  readonly vectors: readonly {
    readonly a: Matrix;
    readonly x: Vector;
    readonly y: Vector;
    readonly w: Vector;
    readonly ax: Vector;
    readonly wa: Vector;
    readonly xy: number;
  }[];
  readonly softmax: readonly Record<"x" | "softmax" | "logSoftmax", Nested>[];
  readonly special: Record<"x" | "softmax" | "logSoftmax", Matrix>;
  readonly crossEntropy: readonly CrossEntropyCase[];
  readonly rest: readonly (Record<
    "x" | "dout" | "relu" | "reluBackward" | "sigmoid" | "sigmoidBackward" | "addBias" | "axpy",
    Matrix
  > &
    Record<"b" | "sumRows", Vector>)[];
  readonly gather: Record<"source" | "pixels" | "floats" | "bytes", Matrix> & { readonly rows: Vector };
  readonly worked: Record<"x" | "softmax" | "rows", Matrix>;
}

/** JSON has no word for NaN and the infinities: they are strings there. */
function revive(_: string, value: unknown): unknown {
  return value === "NaN" || value === "Infinity" || value === "-Infinity" ? Number(value) : value;
}

const file = new URL("../fixtures/golden.json", import.meta.url);

export const golden: Golden = JSON.parse(readFileSync(file, "utf8"), revive);
