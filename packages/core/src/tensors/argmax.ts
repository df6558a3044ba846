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
  const { data, shape } = x;
  const columns = shape.at(-1) ?? 0;
  if (columns === 0) {
    throw new ShapeError(`argmax: shape ${shapeText(shape)} has no last axis with at least one element`);
  }
  const best = new Int32Array(x.size / columns);
  let largest = 0;
  eachElement(x, (position, i) => {
    const value = data[position] ?? 0;
    const column = i % columns;
    if (column > 0 && !(value > largest)) return;
    largest = value;
    best[Math.floor(i / columns)] = column;
  });
  return ndarray(best, shape.slice(0, -1));
}
