// Tells pictures from tables by the sizes of an array.

/**
 * Rows and columns of pixels of one sample, for N samples of the sizes (N, height, width), or with one channel before
 * or after them; undefined for anything else, such as a table or pictures in colour.
 */
export function imageShapeOf(shape: readonly number[]): readonly [height: number, width: number] | undefined {
  const [, ...sample] = shape;
  const [a = 0, b = 0, c = 0] = sample;
  if (sample.length === 2) return [a, b];
  if (sample.length !== 3) return undefined;
  if (c === 1) return [a, b];
  return a === 1 ? [b, c] : undefined;
}
