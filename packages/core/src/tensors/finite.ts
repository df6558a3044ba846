// Refuses NaN and infinities at the border, naming the place.
import type { IntegerTensor, Tensor } from "@gradloom/kernels";
import { ValueError } from "../errors.ts";
import { eachElement } from "./elements.ts";
import { placeText } from "./shapes.ts";

/** @throws ValueError naming the first element of x that is NaN or infinite. */
export function requireFinite(x: Tensor | IntegerTensor, name: string): void {
  const { data } = x;
  eachElement(x, (position, i) => {
    const value = data[position] ?? 0;
    if (!Number.isFinite(value)) {
      throw new ValueError(
        `${name}${placeText(x.shape, i)} is ${value}; a finite number is needed. Clean the data, or drop that row.`,
      );
    }
  });
}
