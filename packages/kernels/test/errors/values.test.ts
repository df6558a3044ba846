// Values out of range, memory shared in a way no operation can take, and backends that do not exist.
import { expect, test } from "vitest";
import {
  AliasError,
  createKernels,
  DtypeError,
  KernelsError,
  ShapeError,
  UnsupportedError,
  ValueError,
} from "../../src/index.ts";
import { d, f, k, table, view, whole } from "./error-table.ts";

const adam = {
  stepSize: 0.1,
  rootCorrection: 1,
  beta1: 0.9,
  beta2: 0.999,
  weightDecay: 0,
  keep: 1,
  eps: 1e-8,
};
const m = f(6, 10);
const square = f(4, 4);

table("values", [
  [
    () => k.softmaxCrossEntropy(f(3, 10), whole(0, 9, 10)),
    ValueError,
    "softmaxCrossEntropy: t[2] is 10, but the number of classes in x is 10: allowed are 0 … 9.",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3), whole(0, 1), { scale: 2 }),
    ValueError,
    "softmaxCrossEntropy: scale multiplies the gradient, but no dx was given to write it to. Give dx, or leave scale out.",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3), whole(0, 1), { dx: f(2, 3), scale: Number.NaN }),
    ValueError,
    "softmaxCrossEntropy: scale must be a finite float32 number, but it is NaN.",
  ],
  [
    () => k.softmaxCrossEntropyBackward(f(2, 3), whole(0, -1), 1),
    ValueError,
    "softmaxCrossEntropyBackward: t[1] is -1, but the number of classes in y is 3: allowed are 0 … 2.",
  ],
  [
    () => k.gatherRows(f(3, 2), whole(3), f(1, 2)),
    ValueError,
    "gatherRows: rows[0] is 3, but the number of rows in source is 3: allowed are 0 … 2.",
  ],
  [
    () => k.gatherRows(f(0, 2), whole(0), f(1, 2)),
    ValueError,
    "gatherRows: rows[0] is 0, but the number of rows in source is 0: so none is allowed.",
  ],
  [
    () => k.gatherRows(f(3, 2), whole(1), f(1, 2), { scale: Number.NaN }),
    ValueError,
    "gatherRows: scale must be a finite float32 number, but it is NaN.",
  ],
  [
    () => k.axpy(Number.POSITIVE_INFINITY, f(2), f(2)),
    ValueError,
    "axpy: alpha must be a finite float32 number, but it is Infinity.",
  ],
  [
    () => k.axpy(1e300, f(2), f(2)),
    ValueError,
    "axpy: alpha must be a finite float32 number, but it is 1e+300.",
  ],
  [
    () => k.axpy("2" as unknown as number, f(2), f(2)),
    ValueError,
    "axpy: alpha must be a finite float32 number, but it is a string.",
  ],
  [
    () => k.matmul(f(2, 2), f(2, 2), undefined, { accumulate: true }),
    ValueError,
    "matmul: accumulate adds the product to `out`, but no out was given. Give out, or leave accumulate out.",
  ],
]);

table("numbers and memory of the optimizers' steps", [
  [
    () =>
      k.momentumStep(f(2), f(2), f(2), {
        learningRate: Number.NaN,
        momentum: 0.9,
        weightDecay: 0,
        nesterov: false,
      }),
    ValueError,
    "momentumStep: learningRate must be a finite float32 number, but it is NaN.",
  ],
  [
    () => k.adagradStep(f(2), f(2), f(2), { learningRate: 0.1, weightDecay: 0, eps: 1e-60 }),
    ValueError,
    "adagradStep: eps must be above 0 in float32, but it is 1e-60: it divides.",
  ],
  [
    () => k.adamStep(f(2), f(2), f(2), f(2), { ...adam, rootCorrection: 0 }),
    ValueError,
    "adamStep: rootCorrection must be above 0 in float32, but it is 0: it divides.",
  ],
  [
    () => k.rmspropStep(f(2), f(3), f(2), { learningRate: 0.1, weightDecay: 0, eps: 1e-8, decayRate: 0.9 }),
    ShapeError,
    "rmspropStep: p is [2], but must be [3], since that is the shape of g.",
  ],
  [
    () => k.adamStep(f(2), f(2), f(2), d(2) as never, adam),
    DtypeError,
    "adamStep: g is float32, but v is float64. All float operands of one call have one dtype: convert one of them.",
  ],
  [
    () => k.adamStep(square, f(4, 4), f(4, 4), square, adam),
    AliasError,
    "adamStep: v shares memory with p. Give an output of its own.",
  ],
  [
    () => k.adamStep(f(4, 4), square, square, f(4, 4), adam),
    AliasError,
    "adamStep: m shares memory with g. Give an output of its own.",
  ],
]);

table("shared memory", [
  [
    () => k.matmul(square, f(4, 4), square),
    AliasError,
    "matmul: out shares memory with a. Give an output of its own.",
  ],
  [
    () => k.matmul(f(4), square, square.pick(0, null)),
    AliasError,
    "matmul: out shares memory with b. Give an output of its own.",
  ],
  [
    () => k.softmax(square, square),
    AliasError,
    "softmax: out shares memory with x. Give an output of its own.",
  ],
  [
    () => k.sumRows(m, m.pick(2, null)),
    AliasError,
    "sumRows: out shares memory with x. Give an output of its own.",
  ],
  [
    () => k.relu(m.hi(6, 5), m.lo(0, 4).hi(6, 5)),
    AliasError,
    "relu: out shares memory with x without being the same view. Give x itself to work in place, or an output of its own.",
  ],
  [
    () => k.axpy(1, square, square.transpose(1, 0)),
    AliasError,
    "axpy: y shares memory with x without being the same view. Give x itself to work in place, or an output of its own.",
  ],
  [
    () => k.addBias(m, m.pick(0, null), m),
    AliasError,
    "addBias: out shares memory with b. Give an output of its own.",
  ],
  [
    () => k.softmaxCrossEntropy(m, whole(0, 0, 0, 0, 0, 0), { y: m }),
    AliasError,
    "softmaxCrossEntropy: y shares memory with x. Give an output of its own.",
  ],
  [
    () => k.relu(f(3), view(3, [3], [0], 0)),
    AliasError,
    "relu: out puts several elements at one place (strides [0]), so it cannot be written to. Give an output with a place for every element.",
  ],
]);

table("backends", [
  [
    () => createKernels({ backend: "cuda" as "wasm" }),
    UnsupportedError,
    'createKernels: there is no backend "cuda". Choose one of: reference, wasm, wasm-relaxed, blas.',
  ],
  [
    () => createKernels({ backend: "toString" as "wasm" }),
    UnsupportedError,
    'createKernels: there is no backend "toString". Choose one of: reference, wasm, wasm-relaxed, blas.',
  ],
]);

test("a refused call has written nothing", () => {
  const out = f(1, 2);
  out.data.fill(7);
  expect(() => k.gatherRows(f(3, 2), whole(9), out)).toThrow(ValueError);
  expect([...out.data]).toEqual([7, 7]);
});

test("every error of the package is a KernelsError, and carries its own name", () => {
  for (const type of [AliasError, DtypeError, ShapeError, UnsupportedError, ValueError]) {
    const error = new type("why", { cause: "because" });
    expect(error).toBeInstanceOf(KernelsError);
    expect([error.name, error.cause]).toEqual([type.name, "because"]);
  }
});
