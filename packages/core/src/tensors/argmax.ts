// The predicted class: where each row has its largest value.
import { type IntegerTensor, ndarray, type Tensor } from "@gradloom/kernels";
import { ShapeError } from "../errors.ts";
import { eachElement } from "./elements.ts";
import { shapeText } from "./shapes.ts";

/**
 * The index of the largest value along the last axis; ties go to the first index.
 * (N, C) → (N,), (C,) → a 0-d array (read it with `.get()`).
 * @throws ShapeError for an array without an element to choose.
 */
export function argmax(x: Tensor | IntegerTensor): IntegerTensor<Int32Array> {
  const { data, shape, stride } = x;
  const columns = shape.at(-1) ?? 0;
  if (columns === 0) {
    throw new ShapeError(`argmax: shape ${shapeText(shape)} has no last axis with at least one element`);
  }
  const next = stride.at(-1) ?? 1;
  const firsts = x.pick(...shape.slice(1).map(() => null), 0);
  const best = new Int32Array(firsts.size);
  eachElement(firsts, (first, row) => {
    let largest = data[first] ?? 0;
    for (let column = 1; column < columns; column++) {
      const value = data[first + column * next] ?? 0;
      if (value > largest) {
        largest = value;
        best[row] = column;
      }
    }
  });
  return ndarray(best, shape.slice(0, -1));
}
