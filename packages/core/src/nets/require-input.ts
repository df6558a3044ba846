// Judges what a net is fed, before any layer sees it.
import { type Dtype, isBytes } from "@gradloom/kernels";
import { DtypeError, ShapeError } from "../errors.ts";
import { dtypeOf } from "../tensors/copies.ts";
import type { Input } from "../tensors/input.ts";
import { shapeText, sizeOf } from "../tensors/shapes.ts";

/** What a net takes: so many values a sample, in its dtype, or bytes if it knows what one is worth. */
export interface Taken {
  readonly inputSize: number;
  readonly byteScale?: number;
}

/** @throws DtypeError or ShapeError unless x is at least one sample of what the net takes. */
export function requireInput(
  x: Input,
  { inputSize: width, byteScale }: Taken,
  dtype: Dtype,
  W1: readonly number[],
): void {
  if (byteScale === undefined || !isBytes(x)) requireDtype(dtypeOf(x, "x"), dtype);
  const { shape } = x;
  const columns = shape.length === 1 ? shape[0] : sizeOf(shape.slice(1));
  if (shape.length === 0 || columns !== width) {
    throw new ShapeError(
      `x of shape ${shapeText(shape)} does not fit the net: W1 of shape ${shapeText(W1)} takes ${width} values per ` +
        `sample. Give a batch (N, ${width}) or one sample (${width},).`,
    );
  }
  if (shape[0] === 0)
    throw new ShapeError(`x of shape ${shapeText(shape)} has no samples; at least one is needed`);
}

function requireDtype(given: Dtype, dtype: Dtype): void {
  if (given === dtype) return;
  throw new DtypeError(
    `x is ${given} and the net computes in ${dtype}. Make the net with { dtype: "${given}" }, ` +
      `or convert x: tensor(toNestedArray(x), "${dtype}").`,
  );
}
