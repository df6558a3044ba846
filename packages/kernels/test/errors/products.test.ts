// Options of matmul that cannot be: every message names what was given and the cure.
import ndarray from "ndarray";
import { AliasError, type ByteTensor, DtypeError, ShapeError, ValueError } from "../../src/index.ts";
import { d, f, k, table, view, whole, wrong } from "./error-table.ts";

const W = f(3, 4);
const out = f(2, 4);
const bytes = (...shape: number[]): ByteTensor =>
  ndarray(new Uint8Array(shape.reduce((all, n) => all * n)), shape);

table("bias, alpha and allFinite", [
  [
    () => k.matmul(f(2, 3), W, out, { bias: f(3) }),
    ShapeError,
    "matmul: bias is [3], but must be [4], since b is 3×4, one bias per column.",
  ],
  [
    () => k.matmul(f(2, 3), W, out, { bias: f(1, 4) }),
    ShapeError,
    "matmul: bias is 1×4, but must be [4], since b is 3×4, one bias per column.",
  ],
  [
    () => k.matmul(f(2, 3), f(3), undefined, { bias: f(1) }),
    ShapeError,
    "matmul: bias is added to every column of the product, but it has none: b is [3].",
  ],
  [
    () => k.matmul(f(2, 3), W, out, { bias: wrong(d(4)) }),
    DtypeError,
    "matmul: b is float32, but bias is float64. All float operands of one call have one dtype: convert one of them.",
  ],
  [
    () => k.matmul(f(2, 3), W, out, { bias: wrong(whole(1, 2, 3, 4)) }),
    DtypeError,
    "matmul: bias must hold floats (an ndarray over a Float32Array or a Float64Array), but it is int32.",
  ],
  [
    () => k.matmul(f(2, 3), W, out, { bias: view(3, [4], [1], 0) }),
    ShapeError,
    "matmul: bias is a view of [4] with strides [1] from offset 0, but its data has 3 elements: the view leaves its data. Give ndarray the shape that fits.",
  ],
  [
    () => k.matmul(f(2, 3), W, out, { bias: out.pick(1, null) }),
    AliasError,
    "matmul: out shares memory with bias. Give an output of its own.",
  ],
  [
    () => k.matmul(f(2, 3), W, out, { alpha: 2 }),
    ValueError,
    "matmul: alpha scales what accumulate adds to `out`, but accumulate is not set. Give accumulate: true, or leave alpha out.",
  ],
  [
    () => k.matmul(f(2, 3), W, out, { accumulate: true, alpha: Number.NaN }),
    ValueError,
    "matmul: alpha must be a finite float32 number, but it is NaN.",
  ],
  [
    () => k.matmul(f(2, 3), W, undefined, { accumulate: true, alpha: 2 }),
    ValueError,
    "matmul: accumulate adds the product to `out`, but no out was given. Give out, or leave accumulate out.",
  ],
  [
    () => k.matmul(bytes(2, 3), W, out, { sparse: true, byteScale: Infinity }),
    ValueError,
    "matmul: byteScale must be a finite float32 number, but it is Infinity.",
  ],
  [
    () => k.matmul(bytes(2, 3), W, out, { byteScale: 1e-60 }),
    ValueError,
    "matmul: byteScale is 1e-60, which is 0 in float32: all of a would be. Give another number, such as 1/255 for pixels.",
  ],
  [
    () => k.matmul(bytes(2, 4), W, out, { sparse: true }),
    ShapeError,
    "matmul: inner sizes differ: a is 2×4, b is 3×4. Did you mean b.transpose(1, 0)?",
  ],
  [
    () => k.matmul(bytes(2, 3), W, wrong(d(2, 4)), { sparse: true }),
    DtypeError,
    "matmul: b is float32, but out is float64. All float operands of one call have one dtype: convert one of them.",
  ],
  [
    () => k.matmul(wrong(ndarray(new Int8Array(6), [2, 3])), W, out, { sparse: true }),
    DtypeError,
    "matmul: a must hold floats (an ndarray over a Float32Array or a Float64Array), but it is int8.",
  ],
  [
    () => k.matmul(ndarray(new Uint8Array(3), [2, 3]), W, out, { sparse: true }),
    ShapeError,
    "matmul: a is a view of 2×3 with strides [3, 1] from offset 0, but its data has 3 elements: the view leaves its data. Give ndarray the shape that fits.",
  ],
  [
    () => k.gatherRows(bytes(2, 3), whole(0), bytes(1, 3), { scale: 0.5 }),
    ValueError,
    "gatherRows: out holds bytes, which stay as they are, but scale is 0.5. Leave scale out, or give an out of floats.",
  ],
  [
    () => k.gatherRows(wrong(f(2, 3)) as unknown as ByteTensor, whole(0), bytes(1, 3)),
    DtypeError,
    "gatherRows: out is uint8, but source is float32. Give an out of source's dtype: floats are not cut to bytes.",
  ],
  [
    () => k.gatherRows(bytes(2, 3), whole(0, 1), ndarray(new Uint8Array(6), [2, 3], [0, 1], 0)),
    AliasError,
    "gatherRows: out puts several elements at one place (strides [0, 1]), so it cannot be written to. Give an output with a place for every element.",
  ],
  [
    () => k.allFinite(wrong(whole(1))),
    DtypeError,
    "allFinite: x must hold floats (an ndarray over a Float32Array or a Float64Array), but it is int32.",
  ],
]);
