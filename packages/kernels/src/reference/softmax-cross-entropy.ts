// softmax and cross-entropy in one pass over each row, and the gradient of both together.
import type { GradientOutput } from "../backend.ts";
import type { FloatArray, IntegerTensor, Tensor } from "../tensor.ts";
import { log } from "./log.ts";
import { addToLane, newLanes, takeSum } from "./row-sum.ts";
import { expOf, rowMax } from "./softmax.ts";

/** A distribution per row has x's rank; class numbers have one axis less. */
function isDistribution(x: Tensor, t: Tensor | IntegerTensor): t is Tensor {
  return t.shape.length === x.shape.length;
}

/**
 * y ← softmax(x) by rows and losses ← −Σ t·log softmax(x); x, y (N,C), losses (N), t (N,C) or class numbers (N).
 *
 * log softmax is (x − max) − log Σ exp(x − max), with nothing added inside the logarithm. A class that t gives no
 * weight (t = 0) contributes 0 even where its log softmax is −Infinity; so a one-hot row has the very bits of its
 * class number's loss. A class that does have weight there makes the loss Infinity, and a NaN in x makes it NaN.
 */
export function softmaxCrossEntropy(
  x: Tensor,
  t: Tensor | IntegerTensor,
  y: Tensor,
  losses: Tensor,
  gradient?: GradientOutput,
): void {
  const [rows = 0, classes = 0] = x.shape;
  const [xr = 0, xc = 0] = x.stride;
  const [yr = 0, yc = 0] = y.stride;
  const [lossStride = 0] = losses.stride;
  const [tr = 0, tc = 0] = t.stride;
  const soft = isDistribution(x, t);
  const e = expOf(x.data);
  const lanes = newLanes(x.data);
  const rounded = newLanes(x.data);
  const shifted: FloatArray =
    x.data instanceof Float32Array ? new Float32Array(classes) : new Float64Array(classes);
  for (let i = 0; i < rows; i++) {
    const start = x.offset + i * xr;
    const yStart = y.offset + i * yr;
    const tStart = t.offset + i * tr;
    const max = rowMax(x.data, start, xc, classes);
    for (let j = 0; j < classes; j++) {
      shifted[j] = (x.data[start + j * xc] ?? 0) - max;
      const value = e(shifted[j] ?? 0);
      y.data[yStart + j * yc] = value;
      addToLane(lanes, j, value);
    }
    const sum = takeSum(lanes);
    for (let j = 0; j < classes; j++) {
      const at = yStart + j * yc;
      y.data[at] = (y.data[at] ?? 0) / sum;
    }
    rounded[0] = log(sum);
    const logSum = rounded[0] ?? 0;
    const lossAt = losses.offset + i * lossStride;
    if (!soft) {
      losses.data[lossAt] = logSum - (shifted[t.data[tStart] ?? 0] ?? 0);
      continue;
    }
    for (let j = 0; j < classes; j++) {
      const weight = t.data[tStart + j * tc] ?? 0;
      if (weight === 0) continue;
      rounded[0] = logSum - (shifted[j] ?? 0);
      rounded[0] = weight * (rounded[0] ?? 0);
      addToLane(lanes, j, rounded[0] ?? 0);
    }
    losses.data[lossAt] = takeSum(lanes);
  }
  if (gradient !== undefined) softmaxCrossEntropyBackward(y, t, gradient.scale, gradient.dx);
}

/** out ← (y − t)·scale on (N,C), t (N,C) or class numbers (N); scale is taken in y's dtype. out may be y itself. */
export function softmaxCrossEntropyBackward(
  y: Tensor,
  t: Tensor | IntegerTensor,
  scale: number,
  out: Tensor,
): void {
  const [rows = 0, classes = 0] = y.shape;
  const [yr = 0, yc = 0] = y.stride;
  const [or = 0, oc = 0] = out.stride;
  const [tr = 0, tc = 0] = t.stride;
  const soft = isDistribution(y, t);
  const rounded = newLanes(y.data);
  rounded[1] = scale;
  const factor = rounded[1] ?? 0;
  for (let i = 0; i < rows; i++) {
    const tStart = t.offset + i * tr;
    const label = soft ? -1 : (t.data[tStart] ?? 0);
    for (let j = 0; j < classes; j++) {
      const target = soft ? (t.data[tStart + j * tc] ?? 0) : j === label ? 1 : 0;
      rounded[0] = (y.data[y.offset + i * yr + j * yc] ?? 0) - target;
      out.data[out.offset + i * or + j * oc] = (rounded[0] ?? 0) * factor;
    }
  }
}
