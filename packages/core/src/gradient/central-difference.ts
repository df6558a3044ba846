// The slope of a function in one coordinate, from its values a little to the left and to the right.
import type { Tensor } from "@gradloom/kernels";
import { DtypeError, ValueError } from "../errors.ts";
import { shapeText } from "../tensors/shapes.ts";

/**
 * (f(+h) − f(−h)) / 2h, where x.data[position] is moved by ±h while f runs. The element's value is put back exactly,
 * also when f throws.
 */
export function centralDifference(f: () => number, x: Tensor, position: number, h: number): number {
  const { data } = x;
  const value = data[position] ?? 0;
  try {
    data[position] = value + h;
    const right = f();
    data[position] = value - h;
    const left = f();
    return (right - left) / (2 * h);
  } finally {
    data[position] = value;
  }
}

/** @throws DtypeError unless x is float64; ValueError unless h is a finite number > 0. */
export function requireDifferentiable(x: Tensor, h: number, name: string): void {
  if (x.dtype !== "float64") {
    throw new DtypeError(
      `${name} of shape ${shapeText(x.shape)} is ${x.dtype}, and a numerical gradient needs float64: with the 7 digits ` +
        `of float32, f(x + h) − f(x − h) keeps almost none of them. Use tensor(values, "float64").`,
    );
  }
  if (!(h > 0 && h < Infinity))
    throw new ValueError(`h is ${h}; a small positive number is needed, such as 1e-4`);
}
