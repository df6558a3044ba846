// Shapes as numbers and as text: sizes, equality, and places such as [2, 17] for error messages.

/** How many elements a shape has; 1 for the 0-d shape []. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** A shape as NumPy writes it: (3, 4), (3,), (). */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
}

/** The index on each axis of the i-th element in row-major order. */
export function indexAt(shape: readonly number[], i: number): number[] {
  const index: number[] = [];
  let rest = i;
  for (const length of [...shape].reverse()) {
    index.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return index;
}

/** The place of the i-th element in row-major order, such as [2, 17]. */
export function placeText(shape: readonly number[], i: number): string {
  return placeAt(indexAt(shape, i));
}

/** An index on each axis as text, such as [2, 17]. */
export function placeAt(index: readonly number[]): string {
  return `[${index.join(", ")}]`;
}
