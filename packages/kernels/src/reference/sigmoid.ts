// The logistic function and its backward form.
import type { Tensor } from "../tensor.ts";
import { newLanes } from "./row-sum.ts";
import { rowStarts } from "./rows.ts";
import { expOf } from "./softmax.ts";

/**
 * out ← 1 / (1 + exp(−x)), any rank and strides; out may be x itself.
 * With e = exp(−|x|) it is 1/(1 + e) for x ≥ 0 and e/(1 + e) below: no overflow, and full precision at both ends.
 */
export function sigmoid(x: Tensor, out: Tensor): void {
  const last = x.shape.length - 1;
  const count = last < 0 ? 1 : (x.shape[last] ?? 0);
  const stride = x.stride[last] ?? 0;
  const outStride = out.stride[last] ?? 0;
  const outStarts = rowStarts(out);
  const e = expOf(x.data);
  const rounded = newLanes(x.data);
  rowStarts(x).forEach((start, row) => {
    const outStart = outStarts[row] ?? 0;
    for (let j = 0; j < count; j++) {
      out.data[outStart + j * outStride] = logistic(x.data[start + j * stride] ?? 0, e, rounded);
    }
  });
}

function logistic(x: number, e: (x: number) => number, rounded: Float32Array | Float64Array): number {
  const small = e(-Math.abs(x));
  rounded[0] = 1 + small;
  return (x < 0 ? small : 1) / (rounded[0] ?? 1);
}

/** out ← (dout·(1 − y))·y, any rank and strides; y is sigmoid's result. out may be y or dout itself. */
export function sigmoidBackward(y: Tensor, dout: Tensor, out: Tensor): void {
  const rounded = newLanes(y.data);
  const slope = (value: number, d: number): number => {
    rounded[0] = 1 - value;
    rounded[0] = d * (rounded[0] ?? 0);
    return (rounded[0] ?? 0) * value;
  };
  const last = y.shape.length - 1;
  const count = last < 0 ? 1 : (y.shape[last] ?? 0);
  const [ys, ds, os] = [y.stride[last] ?? 0, dout.stride[last] ?? 0, out.stride[last] ?? 0];
  const [douts, outs] = [rowStarts(dout), rowStarts(out)];
  rowStarts(y).forEach((start, row) => {
    const dStart = douts[row] ?? 0;
    const oStart = outs[row] ?? 0;
    for (let j = 0; j < count; j++) {
      out.data[oStart + j * os] = slope(y.data[start + j * ys] ?? 0, dout.data[dStart + j * ds] ?? 0);
    }
  });
}
