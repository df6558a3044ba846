// Walks over the elements of any ndarray, whatever its strides, in row-major order.
import type { IntegerTensor, Tensor } from "@gradloom/kernels";

type View = Pick<Tensor | IntegerTensor, "shape" | "stride" | "offset" | "size">;

/** Whether the elements lie side by side in row-major order. */
export function isContiguous(x: View): boolean {
  let expected = 1;
  for (let axis = x.shape.length - 1; axis >= 0; axis--) {
    const length = x.shape[axis] ?? 0;
    if (length !== 1 && x.stride[axis] !== expected) return false;
    expected *= length;
  }
  return true;
}

/** Calls `visit` with each element's position in `x.data` and its number in row-major order. */
export function eachElement(x: View, visit: (position: number, i: number) => void): void {
  const { size, offset, shape, stride } = x;
  if (isContiguous(x)) {
    for (let i = 0; i < size; i++) visit(offset + i, i);
    return;
  }
  const index = shape.map(() => 0);
  let position = offset;
  for (let i = 0; i < size; i++) {
    visit(position, i);
    // An odometer: the last axis turns fastest, and a full turn carries to the axis before it.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const length = shape[axis] ?? 0;
      const step = stride[axis] ?? 0;
      const turned = (index[axis] ?? 0) + 1;
      position += step;
      if (turned < length) {
        index[axis] = turned;
        break;
      }
      index[axis] = 0;
      position -= length * step;
    }
  }
}
