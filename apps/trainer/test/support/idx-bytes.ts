// Builds IDX files for tests, byte by byte, so that a test can also build wrong ones.

/** Type codes of the format. */
export const U8 = 0x08;
export const I8 = 0x09;
export const I16 = 0x0b;
export const I32 = 0x0c;
export const F32 = 0x0d;
export const F64 = 0x0e;

/** A header for `shape`, followed by `payload` as it is. */
export function idxBytes(type: number, shape: readonly number[], payload: Iterable<number>): Uint8Array {
  const sizes = shape.flatMap((size) => [24, 16, 8, 0].map((shift) => (size >>> shift) & 255));
  return Uint8Array.from([0, 0, type, shape.length, ...sizes, ...payload]);
}

/** Big-endian bytes of numbers, as `numpy.array(values, dtype).tobytes()` gives them. */
export function bigEndian(type: number, values: readonly number[]): number[] {
  const width =
    new Map([
      [I16, 2],
      [I32, 4],
      [F32, 4],
      [F64, 8],
    ]).get(type) ?? 1;
  const view = new DataView(new ArrayBuffer(width * values.length));
  values.forEach((value, i) => {
    if (type === F64) view.setFloat64(i * 8, value);
    else if (type === F32) view.setFloat32(i * 4, value);
    else if (type === I32) view.setInt32(i * 4, value);
    else if (type === I16) view.setInt16(i * 2, value);
    else view.setInt8(i, value);
  });
  return Array.from(new Uint8Array(view.buffer));
}

export function hexBytes(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}
