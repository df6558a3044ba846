// Element types that an operation does not take, or two that differ: every message names what it got.
import ndarray from "ndarray";
import { DtypeError, dtypeOf, type IntegerTensor, tensor } from "../../src/index.ts";
import { d, f, k, table, whole, wrong } from "./error-table.ts";

table("dtypes", [
  [
    () => k.matmul(f(2, 3), wrong(d(3, 4))),
    DtypeError,
    "matmul: a is float32, but b is float64. All float operands of one call have one dtype: convert one of them.",
  ],
  [
    () => k.softmax(f(2), wrong(d(2))),
    DtypeError,
    "softmax: x is float32, but out is float64. All float operands of one call have one dtype: convert one of them.",
  ],
  [
    () => k.relu(wrong(whole(1, 2))),
    DtypeError,
    "relu: x must hold floats (an ndarray over a Float32Array or a Float64Array), but it is int32.",
  ],
  [
    () => k.relu(wrong(ndarray([1, 2]))),
    DtypeError,
    "relu: x must hold floats (an ndarray over a Float32Array or a Float64Array), but it is array.",
  ],
  [
    () => k.relu(wrong([1, 2])),
    DtypeError,
    "relu: x is an Array, not an ndarray. Make one with tensor([...]) or ndarray(data, shape).",
  ],
  [
    () => k.relu(wrong(new Float32Array(2))),
    DtypeError,
    "relu: x is a Float32Array, not an ndarray. Make one with tensor([...]) or ndarray(data, shape).",
  ],
  [
    () => k.relu(wrong(undefined)),
    DtypeError,
    "relu: x is undefined, not an ndarray. Make one with tensor([...]) or ndarray(data, shape).",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3), f(2)),
    DtypeError,
    "softmaxCrossEntropy: t is float32 [2]: class numbers must be whole numbers. Put them into an Int32Array.",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3), wrong(d(2, 3))),
    DtypeError,
    "softmaxCrossEntropy: x is float32, but t is float64. All float operands of one call have one dtype: convert one of them.",
  ],
  [
    () => k.softmaxCrossEntropy(f(1, 3), ndarray(Uint8Array.of(0, 1, 0), [1, 3])),
    DtypeError,
    "softmaxCrossEntropy: t is uint8 1×3: one-hot and soft labels must have the dtype of x, float32; whole numbers mean one class number per row.",
  ],
  [
    () => k.gatherRows(f(3, 2), wrong(f(1)) as unknown as IntegerTensor, f(1, 2)),
    DtypeError,
    "gatherRows: rows must hold whole numbers (an ndarray over an integer array such as Int32Array), but it is float32.",
  ],
  [
    () => k.gatherRows(wrong(ndarray(new Int16Array(6), [3, 2])), whole(0), f(1, 2)),
    DtypeError,
    "gatherRows: source must hold floats or unsigned bytes (a Uint8Array), but it is int16.",
  ],
  [
    () => k.gatherRows(wrong(d(3, 2)), whole(0), f(1, 2)),
    DtypeError,
    "gatherRows: source is float64, but out is float32. All float operands of one call have one dtype: convert one of them.",
  ],
  [
    () => k.zeros([2], "float16" as "float32"),
    DtypeError,
    'zeros: the dtype "float16" is unknown. Use "float32" or "float64".',
  ],
  [
    () => tensor([1], "int8" as "float32"),
    DtypeError,
    'tensor: the dtype "int8" is unknown. Use "float32" or "float64".',
  ],
  [
    () => tensor([[1, "2" as unknown as number]]),
    DtypeError,
    'tensor: entry [0][1] is the string "2", not a number.',
  ],
  [
    () => tensor([1, undefined as unknown as number]),
    DtypeError,
    "tensor: entry [1] is undefined, not a number.",
  ],
  [
    () => dtypeOf(wrong(whole(1))),
    DtypeError,
    "dtypeOf: expected an ndarray over a Float32Array or a Float64Array, got one of int32.",
  ],
]);
