// MulLayer: multiplication as a node of a computational graph (Deep Learning from Scratch, section 5.4.1).
import type { Tensor } from "@gradloom/kernels";
import { keptBy } from "./layer.ts";
import { apply } from "./operands.ts";

/**
 * z = x · y, so ∂z/∂x = y and ∂z/∂y = x: backward multiplies dout by the other side's value.
 * Works on two numbers, or on two tensors of one shape, elementwise.
 * @throws ShapeError or DtypeError for operands that do not go together.
 */
export class MulLayer {
  #x: number | Tensor | undefined;
  #y: number | Tensor | undefined;

  /** x · y, of two numbers. */
  forward(x: number, y: number): number;
  /** x · y element by element: a new array. */
  forward(x: Tensor, y: Tensor): Tensor;
  forward(x: number | Tensor, y: number | Tensor): number | Tensor {
    const product = apply(x, y, "MulLayer.forward", (a, b) => a * b);
    this.#x = x;
    this.#y = y;
    return product;
  }

  /** dx = dout · y, dy = dout · x. @throws CallOrderError before the first `forward`. */
  backward(dout: number): [dx: number, dy: number];
  backward(dout: Tensor): [dx: Tensor, dy: Tensor];
  backward(dout: number | Tensor): [number | Tensor, number | Tensor] {
    const x = keptBy("forward", this.#x, "MulLayer.backward");
    const y = keptBy("forward", this.#y, "MulLayer.backward");
    const times = (value: number | Tensor) => apply(dout, value, "MulLayer.backward", (a, b) => a * b);
    return [times(y), times(x)];
  }
}
