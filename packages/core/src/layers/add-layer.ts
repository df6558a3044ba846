// AddLayer: addition as a node of a computational graph (Deep Learning from Scratch, section 5.4.2).
import type { Tensor } from "@gradloom/kernels";
import { copyOf } from "../tensors/copies.ts";
import { apply } from "./operands.ts";

/**
 * z = x + y, so ∂z/∂x = ∂z/∂y = 1: backward hands dout on to both sides.
 * Works on two numbers, or on two tensors of one shape.
 * @throws ShapeError or DtypeError for operands that do not go together.
 */
export class AddLayer {
  /** x + y, of two numbers. */
  forward(x: number, y: number): number;
  /** x + y element by element: a new array. */
  forward(x: Tensor, y: Tensor): Tensor;
  forward(x: number | Tensor, y: number | Tensor): number | Tensor {
    return apply(x, y, "AddLayer.forward", (a, b) => a + b);
  }

  /** dx = dout · 1, dy = dout · 1; for tensors two new arrays. */
  backward(dout: number): [dx: number, dy: number];
  backward(dout: Tensor): [dx: Tensor, dy: Tensor];
  backward(dout: number | Tensor): [number, number] | [Tensor, Tensor] {
    return typeof dout === "number" ? [dout, dout] : [copyOf(dout), copyOf(dout)];
  }
}
