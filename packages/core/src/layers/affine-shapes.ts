// Judges the shapes that meet in Affine. Every message names both.
import type { Tensor } from "@gradloom/kernels";
import { ShapeError } from "../errors.ts";
import type { Input } from "../tensors/input.ts";
import { shapeText } from "../tensors/shapes.ts";

export function requireParameterShapes(W: Tensor, b: Tensor): void {
  if (W.dimension === 2 && b.dimension === 1 && b.shape[0] === W.shape[1]) return;
  throw new ShapeError(
    `Affine needs W of shape (D, M) and b of shape (M,), and W is ${shapeText(W.shape)}, b is ${shapeText(b.shape)}`,
  );
}

export function requireInputWidth(x: Input, rows: Input, W: Tensor): void {
  if (rows.shape[1] === W.shape[0]) return;
  throw new ShapeError(
    `Affine: x of shape ${shapeText(x.shape)} has ${rows.shape[1]} values per sample, and W of shape ` +
      `${shapeText(W.shape)} takes ${W.shape[0]}`,
  );
}

export function requireDoutShape(x: Input, dout: Tensor, rows: Tensor, W: Tensor): void {
  const samples = x.dimension === 1 ? 1 : x.shape[0];
  if (rows.shape[0] === samples && rows.shape[1] === W.shape[1]) return;
  const expected = x.dimension === 1 ? [W.shape[1] ?? 0] : [samples ?? 0, W.shape[1] ?? 0];
  throw new ShapeError(
    `Affine: dout needs the shape of the output, ${shapeText(expected)} for x ${shapeText(x.shape)} and ` +
      `W ${shapeText(W.shape)}, and it is ${shapeText(dout.shape)}`,
  );
}
