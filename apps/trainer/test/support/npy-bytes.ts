// Builds NPY files for tests, header and payload as given, so that a test can also build wrong ones.

/** A file of version 1.0 (or another) with this header text, padded as NumPy pads, and these bytes behind it. */
export function npyFile(dict: string, payload: Iterable<number>, version = 1): Uint8Array {
  const lengthBytes = version === 1 ? 2 : 4;
  const before = 8 + lengthBytes;
  const padded = Math.ceil((before + dict.length + 1) / 64) * 64 - before;
  const length = Array.from({ length: lengthBytes }, (_, i) => (padded >>> (8 * i)) & 255);
  const text = new TextEncoder().encode(`${dict.padEnd(padded - 1)}\n`);
  return Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length, ...text, ...payload]);
}

/** The dict that NumPy writes. */
export function npyDict(descr: string, shape: string, fortran = false): string {
  return `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': ${shape}, }`;
}
