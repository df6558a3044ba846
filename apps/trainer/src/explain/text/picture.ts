// A small grey picture in characters: dark is empty, bright is dense.

const SHADES = " .:-=+*#%@";

/**
 * Pixels row by row, of any range: the smallest is empty, the largest densest. Two rows become one line, because a
 * character is about twice as high as it is wide.
 */
export function pictureLines(
  pixels: ArrayLike<number>,
  [height, width]: readonly [number, number],
): readonly string[] {
  const values = Array.from(pixels);
  const least = values.reduce((low, value) => Math.min(low, value), Infinity);
  const range = values.reduce((high, value) => Math.max(high, value), -Infinity) - least;
  const shade = (value: number): string => {
    const brightness = range === 0 ? 0 : (value - least) / range;
    return SHADES[Math.min(SHADES.length - 1, Math.floor(brightness * SHADES.length))] ?? " ";
  };
  const lines: string[] = [];
  for (let row = 0; row < height; row += 2) {
    const cells = Array.from({ length: width }, (_, column) => {
      const upper = values[row * width + column] ?? least;
      const lower = values[(row + 1) * width + column] ?? upper;
      return shade((upper + lower) / 2);
    });
    lines.push(cells.join("").trimEnd());
  }
  return lines;
}
