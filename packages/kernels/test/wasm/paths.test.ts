// Which path an array takes: in place without gaps in the arena, by another way everywhere else.
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import type { Tensor } from "../../src/tensor.ts";
import { addBias } from "../../src/wasm/add-bias.ts";
import { axpyInPlace } from "../../src/wasm/axpy.ts";
import { gatherRows } from "../../src/wasm/gather-rows.ts";
import { matmul } from "../../src/wasm/matmul.ts";
import { adagradStep, adamStep, momentumStep, rmspropStep } from "../../src/wasm/optimizer-steps.ts";
import { binary, unary } from "../../src/wasm/rows.ts";
import { crossEntropyBackwardInPlace, crossEntropyInPlace } from "../../src/wasm/softmax-cross-entropy.ts";
import { sumRows } from "../../src/wasm/sum-rows.ts";
import { openWorkspace } from "../../src/wasm/workspace.ts";

const arena = Arena.create({ byteLength: 8 * 1024 * 1024 });
const work = openWorkspace(arena);
const inside = (shape: number[]): Tensor => arena.allocate("float32", shape);
const outside = (shape: number[]): Tensor =>
  ndarray(new Float32Array(shape.reduce((all, n) => all * n, 1)), shape);

const NUMBERS = {
  learningRate: 0.1,
  momentum: 0.9,
  decayRate: 0.9,
  weightDecay: 0,
  eps: 1e-8,
  nesterov: true,
};
const ADAM = { stepSize: 0.1, rootCorrection: 1, beta1: 0.9, beta2: 0.9, weightDecay: 0, keep: 1, eps: 1e-8 };

/** Whether each operation runs in place on operands made by `make`. */
function paths(make: (shape: number[]) => Tensor): boolean[] {
  const { relu, relu_backward } = work.kernels(new Float32Array(0));
  const [x, y, z, w, row, column] = [
    make([4, 6]),
    make([4, 6]),
    make([4, 6]),
    make([4, 6]),
    make([6]),
    make([4]),
  ];
  const labels = ndarray(new Uint8Array([0, 1, 2, 3]));
  const [bytes, other] = [x, y].map(({ data, shape, stride, offset }) =>
    ndarray(new Uint8Array(data.buffer, data.byteOffset, data.length), shape, stride, offset),
  );
  return [
    unary(work, relu, x, y),
    binary(work, relu_backward, x, y, z),
    axpyInPlace(work, 2, x, y),
    momentumStep(work, x, y, z, NUMBERS),
    adagradStep(work, x, y, z, NUMBERS),
    rmspropStep(work, x, y, z, NUMBERS),
    adamStep(work, x, y, z, w, ADAM),
    addBias(work, x, row, y),
    sumRows(work, x, row),
    gatherRows(work, y, labels, x, 1),
    gatherRows(work, bytes, labels, other, 1),
    crossEntropyInPlace(work, x, labels, y, column),
    crossEntropyInPlace(work, x, z, y, column),
    crossEntropyBackwardInPlace(work, y, labels, 1, x),
    crossEntropyBackwardInPlace(work, y, z, 1, x),
  ];
}

test("arrays in the arena take the SIMD path, row-major or with distance between the rows", () => {
  expect(new Set(paths(inside))).toEqual(new Set([true]));
  const padded = (shape: number[]): Tensor =>
    shape.length === 1 ? inside(shape) : inside([shape[0], shape[1] + 2]).hi(...shape);
  expect(new Set(paths(padded))).toEqual(new Set([true]));
});

test("arrays outside the arena, and rows with gaps, do not", () => {
  expect(new Set(paths(outside))).toEqual(new Set([false]));
  const gaps = (shape: number[]): Tensor =>
    inside(shape.map((n) => 2 * n))
      .step(...shape.map(() => 2))
      .hi(...shape);
  expect(new Set(paths(gaps))).toEqual(new Set([false]));
});

test("the module exports every kernel in both types and nothing that allocates", () => {
  for (const data of [new Float32Array(0), new Float64Array(0)]) {
    const names = Object.keys(work.kernels(data)).sort();
    expect(names).toEqual([
      "adagrad_step",
      "adam_step",
      "add_bias",
      "all_finite",
      "axpy",
      "cross_entropy",
      "cross_entropy_backward",
      "gather_rows",
      "gather_rows_u8",
      "gemm",
      "log_softmax",
      "momentum_step",
      "pick_columns",
      "relu",
      "relu_backward",
      "rmsprop_step",
      "scaled_gemm",
      "scaled_gemm_u8",
      "sigmoid",
      "sigmoid_backward",
      "softmax",
      "sparse_gemm",
      "sparse_gemm_u8",
      "sum_rows",
    ]);
  }
});

test("a product of bytes runs the kernels for bytes in the arena, and those for floats elsewhere", () => {
  const called: string[] = [];
  const recorded = Object.entries(work.kernels(new Float32Array(0))).map(([name, kernel]) => [
    name,
    (...given: unknown[]) => {
      called.push(name);
      return kernel(...given);
    },
  ]);
  const watched: typeof work = { ...work, kernels: () => Object.fromEntries(recorded) };
  for (const make of [inside, outside]) {
    const { data } = make([2]);
    const bytes = ndarray(new Uint8Array(data.buffer, data.byteOffset, 8), [2, 4]);
    const [b, out] = [make([4, 5]), make([2, 5])];
    matmul(watched, bytes, b, out, false, { sparse: true });
    matmul(watched, bytes, b, out, true, { sparse: true, alpha: 2 });
  }
  expect(called).toEqual(["sparse_gemm_u8", "scaled_gemm_u8", "sparse_gemm", "sparse_gemm", "axpy"]);
});
