// Makes an image the size that a net wants: every new pixel is the mean of the area it covers in the old image.
import type { GrayImage } from "./gray-image.ts";

/** How much of which old pixels one new pixel covers, along one axis. */
interface Span {
  readonly first: number;
  readonly shares: readonly number[];
}

/**
 * Area averaging, along the columns and then along the rows; height and width are stretched separately, so the
 * proportions are kept only when both images have the same. An image of the right size is handed back as it is.
 */
export function resize(image: GrayImage, height: number, width: number): GrayImage {
  if (image.height === height && image.width === width) return image;
  const columns = spans(image.width, width);
  const rows = spans(image.height, height);
  const narrow = new Float64Array(image.height * width);
  for (let y = 0; y < image.height; y++) {
    for (const [x, { first, shares }] of columns.entries()) {
      let sum = 0;
      for (const [k, share] of shares.entries())
        sum += share * (image.pixels[y * image.width + first + k] ?? 0);
      narrow[y * width + x] = sum;
    }
  }
  const pixels = new Float64Array(height * width);
  for (const [y, { first, shares }] of rows.entries()) {
    for (const [k, share] of shares.entries()) {
      for (let x = 0; x < width; x++) {
        pixels[y * width + x] = (pixels[y * width + x] ?? 0) + share * (narrow[(first + k) * width + x] ?? 0);
      }
    }
  }
  return { height, width, pixels };
}

/** New pixel i covers [i·from/to, (i + 1)·from/to) of the old ones; its shares add up to 1. */
function spans(from: number, to: number): readonly Span[] {
  return Array.from({ length: to }, (_, i) => {
    // Times `to`, so that all edges are whole numbers.
    const start = i * from;
    const end = start + from;
    const first = Math.floor(start / to);
    const last = Math.ceil(end / to);
    const shares = Array.from({ length: last - first }, (_, k) => {
      const cell = (first + k) * to;
      return (Math.min(end, cell + to) - Math.max(start, cell)) / from;
    });
    return { first, shares };
  });
}
