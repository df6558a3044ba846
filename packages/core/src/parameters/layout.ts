// Layout: all parameters of a net in one flat vector, each in its own named window.
import { ndarray, type Tensor } from "@gradloom/kernels";
import { ShapeError } from "../errors.ts";
import { shapeText, sizeOf } from "../tensors/shapes.ts";

/** Where one parameter lies: elements offset … offset + size − 1 of the vector, row by row. */
export interface ParameterWindow {
  readonly offset: number;
  readonly size: number;
  readonly shape: readonly number[];
}

/** Named windows in the order they were given, and the length of the vector that holds them all. */
export interface ParameterLayout<Name extends string = string> {
  readonly length: number;
  readonly entries: Readonly<Record<Name, ParameterWindow>>;
}

/** Windows start at multiples of this many elements: 64 bytes of float32, a cache line and four SIMD registers. */
const ALIGNMENT = 16;

/**
 * Lays parameters out one after another, for example `layout({ W1: [784, 50], b1: [50] })`.
 * The gaps that alignment leaves belong to no window; they start at zero and every gradient there is zero.
 * @throws ShapeError for a length that is not a whole number ≥ 0.
 */
export function layout<Name extends string>(
  shapes: Readonly<Record<Name, readonly number[]>>,
): ParameterLayout<Name> {
  let length = 0;
  const entries = {} as Record<Name, ParameterWindow>;
  for (const [name, shape] of Object.entries<readonly number[]>(shapes)) {
    if (!shape.every((axis) => Number.isSafeInteger(axis) && axis >= 0)) {
      throw new ShapeError(
        `parameter ${name} has shape ${shapeText(shape)}; whole numbers of 0 or more are needed`,
      );
    }
    const size = sizeOf(shape);
    // defineProperty, so that a parameter may be called __proto__ without harm.
    const window = { offset: length, size, shape: [...shape] };
    Object.defineProperty(entries, name, { value: window, enumerable: true });
    length = Math.ceil((length + size) / ALIGNMENT) * ALIGNMENT;
  }
  return { length, entries };
}

/**
 * Each parameter as a tensor of its own shape on the vector's memory: writing to one writes to the vector.
 * @throws ShapeError unless the vector is 1-D, contiguous and of the layout's length.
 */
export function windows<Name extends string>(
  layout: ParameterLayout<Name>,
  vector: Tensor,
): Record<Name, Tensor> {
  if (vector.dimension !== 1 || vector.shape[0] !== layout.length || vector.stride[0] !== 1) {
    throw new ShapeError(
      `the layout needs a contiguous vector of shape (${layout.length},), ` +
        `and this one is ${shapeText(vector.shape)} with strides ${shapeText(vector.stride)}`,
    );
  }
  const tensors = {} as Record<Name, Tensor>;
  for (const [name, { offset, shape }] of Object.entries<ParameterWindow>(layout.entries)) {
    const value = ndarray(vector.data, [...shape], undefined, vector.offset + offset);
    Object.defineProperty(tensors, name, { value, enumerable: true });
  }
  return tensors;
}
