// Large images made small enough for a page, by the mean of the pixels that become one.

/** Numbers row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/** Pixels along a picture's longer side, at most. */
export const MOST_PIXELS = 64;

/** The plane itself where it is small enough, else one of at most 64 × 64 with the same proportions. */
export function shrink(plane: Plane): Plane {
  const factor = Math.max(plane.width, plane.height) / MOST_PIXELS;
  if (factor <= 1) return plane;
  const width = Math.max(1, Math.round(plane.width / factor));
  const height = Math.max(1, Math.round(plane.height / factor));
  const data = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[y * width + x] = meanOf(plane, range(x, width, plane.width), range(y, height, plane.height));
    }
  }
  return { width, height, data };
}

/** Which of `size` pixels become pixel i of `parts`. */
function range(i: number, parts: number, size: number): readonly [from: number, to: number] {
  const from = Math.floor((i * size) / parts);
  return [from, Math.max(from + 1, Math.floor(((i + 1) * size) / parts))];
}

function meanOf(
  { width, data }: Plane,
  [left, right]: readonly [number, number],
  [top, bottom]: readonly [number, number],
): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += data[y * width + x];
  return sum / ((right - left) * (bottom - top));
}
