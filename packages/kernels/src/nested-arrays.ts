// Nested JavaScript arrays to tensors and back: for small examples, tests and printing.
import ndarray from "ndarray";
import { DtypeError, ShapeError } from "./errors.ts";
import {
  type ArrayOf,
  type Dtype,
  floats,
  type IntegerTensor,
  type Nested,
  size,
  type Tensor,
} from "./tensor.ts";

/**
 * A new row-major tensor holding the numbers of nested arrays: `tensor([[1, 2], [3, 4]])` is 2×2.
 * A plain number gives a 0-d tensor. To wrap a typed array without a copy use `ndarray(data, shape)` instead.
 * @throws ShapeError when two arrays of one level differ in length, naming the place.
 * @throws DtypeError when an entry is not a number, naming the place.
 */
export function tensor<D extends Dtype = "float32">(
  nested: Nested,
  dtype: D = "float32" as D,
): Tensor<ArrayOf<D>> {
  if (dtype !== "float32" && dtype !== "float64") {
    throw new DtypeError(
      `tensor: the dtype ${JSON.stringify(dtype)} is unknown. Use "float32" or "float64".`,
    );
  }
  const shape: number[] = [];
  for (let level: Nested | undefined = nested; Array.isArray(level); level = level[0])
    shape.push(level.length);
  const data = floats(size(shape), dtype);
  let filled = 0;

  function fill(part: Nested, axis: number, place: string): void {
    const wanted = shape[axis];
    if (wanted === undefined) {
      if (Array.isArray(part)) throw ragged(place, "an array", "a number");
      if (typeof part !== "number") throw notNumber(place, part);
      data[filled++] = part;
      return;
    }
    if (!Array.isArray(part)) {
      throw typeof part === "number"
        ? ragged(place, "a number", `an array of ${wanted}`)
        : notNumber(place, part);
    }
    if (part.length !== wanted) throw ragged(place, `an array of ${part.length}`, `an array of ${wanted}`);
    // Not forEach: it would skip the holes of a sparse array.
    for (let i = 0; i < wanted; i++) fill(part[i], axis + 1, `${place}[${i}]`);
  }

  fill(nested, 0, "");
  return ndarray(data, shape);
}

/** The numbers of a tensor as nested arrays (NumPy's `tolist`): row by row, whatever the strides; 0-d gives a number. */
export function toNestedArray(t: Tensor | IntegerTensor): Nested {
  function collect(axis: number, position: number): Nested {
    const length = t.shape[axis];
    if (length === undefined) return t.data[position] ?? Number.NaN;
    const stride = t.stride[axis] ?? 0;
    return Array.from({ length }, (_, i) => collect(axis + 1, position + i * stride));
  }
  return collect(0, t.offset);
}

function ragged(place: string, found: string, wanted: string): ShapeError {
  return new ShapeError(
    `tensor: the nested arrays are ragged: entry ${place} is ${found}, but the first of its level is ${wanted}.`,
  );
}

function notNumber(place: string, found: unknown): DtypeError {
  const what = typeof found === "string" ? `the string ${JSON.stringify(found)}` : kindOf(found);
  return new DtypeError(`tensor: entry ${place || "()"} is ${what}, not a number.`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? `a ${value.constructor?.name ?? "object"}` : `a ${typeof value}`;
}
