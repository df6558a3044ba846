// Judges what a net is fed, before any layer sees it.
import type { Dtype, Tensor } from "@gradloom/kernels";
import { DtypeError, ShapeError } from "../errors.ts";
import { dtypeOf } from "../tensors/copies.ts";
import { shapeText, sizeOf } from "../tensors/shapes.ts";

/** @throws DtypeError or ShapeError unless x is samples of `width` values in the net's dtype, at least one of them. */
export function requireInput(x: Tensor, width: number, dtype: Dtype, W1: readonly number[]): void {
  const given = dtypeOf(x, "x");
  if (given !== dtype) {
    throw new DtypeError(
      `x is ${given} and the net computes in ${dtype}. Make the net with { dtype: "${given}" }, ` +
        `or convert x: tensor(toNestedArray(x), "${dtype}").`,
    );
  }
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
