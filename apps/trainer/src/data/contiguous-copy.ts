// A row-major copy of an array of any strides, in the type that a data set keeps its numbers in.
import type { NumberArray } from "./to-training-data.ts";

/** Where the elements of an array lie: as in an ndarray. */
interface StridedArray {
  readonly data: NumberArray;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/** Bytes stay bytes; what float32 holds exactly becomes float32; 32-bit whole numbers become float64. */
export function contiguousCopy(x: StridedArray): Uint8Array | Float32Array | Float64Array {
  const { data, shape, stride } = x;
  const count = shape.reduce((all, size) => all * size, 1);
  const out = emptyLike(data, count);
  const index = shape.map(() => 0);
  let position = x.offset;
  for (let i = 0; i < count; i++) {
    out[i] = data[position] ?? 0;
    // An odometer: the last axis turns fastest, and a full turn carries to the axis before it.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      position += stride[axis] ?? 0;
      index[axis] = next;
      if (next < (shape[axis] ?? 0)) break;
      position -= next * (stride[axis] ?? 0);
      index[axis] = 0;
    }
  }
  return out;
}

function emptyLike(data: NumberArray, count: number): Uint8Array | Float32Array | Float64Array {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return new Uint8Array(count);
  const isWide = data.BYTES_PER_ELEMENT > 4 || data instanceof Int32Array || data instanceof Uint32Array;
  return isWide ? new Float64Array(count) : new Float32Array(count);
}
