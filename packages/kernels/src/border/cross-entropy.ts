// softmax with cross-entropy and its gradient at the border: one row or a batch, any kind of label.
import type { Backend, GradientOutput } from "../backend.ts";
import { ValueError } from "../errors.ts";
import type { CrossEntropy, CrossEntropyOutputs } from "../kernels.ts";
import type { FloatArray, IntegerTensor, Tensor } from "../tensor.ts";
import { asMatrix, asVector } from "./as-rows.ts";
import { isText, wrongShape } from "./describe.ts";
import { judgeFinite } from "./numbers.ts";
import { isIntegers } from "./operands.ts";
import { allocate, judgeApart, judgeInPlace, judgeOutput, judgeSameShape } from "./outputs.ts";
import { isClearOf } from "./overlap.ts";
import { judgeScores, judgeTargets } from "./targets.ts";

export function softmaxCrossEntropy<T extends FloatArray>(
  backend: Backend,
  x: Tensor<T>,
  t: Tensor<T> | IntegerTensor,
  out: CrossEntropyOutputs<T> | undefined,
): CrossEntropy<T> {
  const op = "softmaxCrossEntropy";
  if (out?.y !== undefined && out.losses !== undefined && (out.dx !== undefined || out.scale === undefined)) {
    const { y, losses, dx, scale = 1 } = out;
    if (backend.knownCalls?.softmaxCrossEntropy(x, t, y, losses, dx, scale)) return { y, losses };
  }
  judgeScores(op, "x", x);
  const targets = judgeTargets(op, "x", x, t);
  const y = out?.y ?? allocate(x, x.shape);
  const losses = out?.losses ?? allocate(x, x.shape.slice(0, -1));
  if (out?.y !== undefined) {
    judgeOutput(op, "y", y, "x", x);
    judgeSameShape(op, "y", y, "x", x);
    if (!isClearOf(y, x, t)) {
      judgeApart(op, "y", y, "x", x);
      judgeApart(op, "y", y, "t", t);
    }
  }
  if (out?.losses !== undefined) {
    judgeOutput(op, "losses", losses, "x", x);
    judgeLosses(op, losses, x);
    if (!isClearOf(losses, x, t, y)) {
      judgeApart(op, "losses", losses, "x", x);
      judgeApart(op, "losses", losses, "t", t);
      judgeApart(op, "losses", losses, "y", y);
    }
  }
  const gradient = gradientOutput(op, x, t, y, losses, out);
  backend.softmaxCrossEntropy(asMatrix(x), targets, asMatrix(y), asVector(losses), gradient);
  if (out?.y !== undefined && out.losses !== undefined) {
    backend.knownCalls?.rememberSoftmaxCrossEntropy(x, t, y, losses, out.dx);
  }
  return { y, losses };
}

/** Where the gradient goes, judged, if it is asked for. */
function gradientOutput(
  op: string,
  x: Tensor,
  t: Tensor | IntegerTensor,
  y: Tensor,
  losses: Tensor,
  out: CrossEntropyOutputs<FloatArray> | undefined,
): GradientOutput | undefined {
  const dx = out?.dx;
  if (dx === undefined) {
    if (out?.scale === undefined) return undefined;
    throw new ValueError(
      `${op}: scale multiplies the gradient, but no dx was given to write it to. Give dx, or leave scale out.`,
    );
  }
  judgeOutput(op, "dx", dx, "x", x);
  judgeSameShape(op, "dx", dx, "x", x);
  if (!isClearOf(dx, x, t, y, losses)) {
    judgeApart(op, "dx", dx, "x", x);
    judgeApart(op, "dx", dx, "t", t);
    judgeApart(op, "dx", dx, "y", y);
    judgeApart(op, "dx", dx, "losses", losses);
  }
  const scale = out?.scale ?? 1;
  judgeFinite(op, "scale", scale, x);
  return { dx: asMatrix(dx), scale };
}

export function softmaxCrossEntropyBackward<T extends FloatArray>(
  backend: Backend,
  y: Tensor<T>,
  t: Tensor<T> | IntegerTensor,
  scale: number,
  out: Tensor<T> | undefined,
): Tensor<T> {
  const op = "softmaxCrossEntropyBackward";
  judgeScores(op, "y", y);
  const targets = judgeTargets(op, "y", y, t);
  judgeFinite(op, "scale", scale, y);
  const result = out ?? allocate(y, y.shape);
  if (out !== undefined) {
    judgeOutput(op, "out", out, "y", y);
    judgeSameShape(op, "out", out, "y", y);
    judgeInPlace(op, "out", out, "y", y);
    if (isIntegers(t)) judgeApart(op, "out", out, "t", t);
    else judgeInPlace(op, "out", out, "t", t);
  }
  backend.softmaxCrossEntropyBackward(asMatrix(y), targets, scale, asMatrix(result));
  return result;
}

function judgeLosses(op: string, losses: Tensor, x: Tensor): void {
  const isRows = x.shape.length === 2 && losses.shape.length === 1 && losses.shape[0] === x.shape[0];
  if (isRows || (x.shape.length === 1 && losses.shape.length === 0)) return;
  throw wrongShape(op, "losses", losses, x.shape.slice(0, -1), `${isText("x", x)}, one loss per row`);
}
