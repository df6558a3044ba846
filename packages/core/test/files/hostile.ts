// Files written by hand, byte by byte, for the tests that break rules.

/** A file with this header, unpadded, and this many bytes of data. */
export function fileOf(header: string | Uint8Array, dataLength = 0, length?: bigint): Uint8Array {
  const text = typeof header === "string" ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** A header with one entry, as JSON. */
export function entry(name: string, dtype: string, shape: string, begin: number, end: number): string {
  return `${JSON.stringify(name)}:{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;
}
