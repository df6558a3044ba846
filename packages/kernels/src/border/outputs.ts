// Outputs: allocated when left out, otherwise judged for dtype, shape and shared memory.
import { AliasError } from "../errors.ts";
import { zeros } from "../reference/zeros.ts";
import type { FloatArray, Tensor } from "../tensor.ts";
import { wrongShape } from "./describe.ts";
import type { AnyTensor } from "./extent.ts";
import { judgeFloats, judgeSameDtype } from "./operands.ts";
import { isSameView, overlaps, overlapsItself } from "./overlap.ts";

/** A new row-major tensor of x's dtype in ordinary JavaScript memory. */
export function allocate<T extends FloatArray>(x: Tensor<T>, shape: readonly number[]): Tensor<T> {
  // The dtype of x decides the class of the new array, which the compiler cannot see.
  return zeros(shape, x.data instanceof Float64Array ? "float64" : "float32") as Tensor as Tensor<T>;
}

/** Judges a given output by itself and against the dtype of an input. Its shape is the caller's to judge. */
export function judgeOutput(op: string, name: string, out: Tensor, xName: string, x: Tensor): void {
  judgeFloats(op, name, out);
  judgeSameDtype(op, xName, x, name, out);
  judgeNotBroadcast(op, name, out);
}

/** @throws AliasError when several elements of an output lie at one place. */
export function judgeNotBroadcast(op: string, name: string, out: AnyTensor): void {
  if (overlapsItself(out)) {
    throw new AliasError(
      `${op}: ${name} puts several elements at one place (strides [${out.stride.join(", ")}]), so it cannot be ` +
        `written to. Give an output with a place for every element.`,
    );
  }
}

/** @throws ShapeError unless `t` has exactly the shape of `like`. */
export function judgeSameShape(
  op: string,
  name: string,
  t: AnyTensor,
  likeName: string,
  like: AnyTensor,
): void {
  if (!isShape(t, like.shape)) throw wrongShape(op, name, t, like.shape, `that is the shape of ${likeName}`);
}

/** Whether t has the given shape. */
export function isShape(t: AnyTensor, shape: readonly number[]): boolean {
  if (t.shape.length !== shape.length) return false;
  for (let axis = 0; axis < shape.length; axis++) if (t.shape[axis] !== shape[axis]) return false;
  return true;
}

/** @throws AliasError when an output shares any memory with another operand. */
export function judgeApart(op: string, outName: string, out: AnyTensor, name: string, t: AnyTensor): void {
  if (overlaps(out, t)) {
    throw new AliasError(`${op}: ${outName} shares memory with ${name}. Give an output of its own.`);
  }
}

/** @throws AliasError when an output shares memory with an input other than by being that input. */
export function judgeInPlace(op: string, outName: string, out: Tensor, name: string, t: AnyTensor): void {
  if (!isSameView(out, t) && overlaps(out, t)) {
    throw new AliasError(
      `${op}: ${outName} shares memory with ${name} without being the same view. ` +
        `Give ${name} itself to work in place, or an output of its own.`,
    );
  }
}
