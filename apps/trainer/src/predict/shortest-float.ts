// The shortest decimal number that reads back as the same float.

/** Digits that tell any two float32 apart. */
const FLOAT32_DIGITS = 9;

/** For float32: 0.1, not 0.10000000149011612, because rounding 0.1 to float32 gives the same bits. */
export function shortestFloat32(value: number): string {
  for (let digits = 1; digits < FLOAT32_DIGITS; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(Number(value.toPrecision(FLOAT32_DIGITS)));
}

/** Text of a number that came from an array of this kind; JavaScript writes a float64 shortest anyway. */
export function floatText(value: number, array: Float32Array | Float64Array): string {
  return array instanceof Float32Array ? shortestFloat32(value) : String(value);
}
