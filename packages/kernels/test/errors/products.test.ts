// Options of matmul that cannot be: every message names what was given and the cure.
import { AliasError, DtypeError, ShapeError, ValueError } from "../../src/index.ts";
import { d, f, k, table, view, whole, wrong } from "./error-table.ts";

const W = f(3, 4);
const out = f(2, 4);

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
    "matmul: a is float32, but bias is float64. All float operands of one call have one dtype: convert one of them.",
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
    () => k.allFinite(wrong(whole(1))),
    DtypeError,
    "allFinite: x must hold floats (an ndarray over a Float32Array or a Float64Array), but it is int32.",
  ],
]);
