// Records, the frame around each event: length, its checksum, the bytes, their checksum; whole or not there at all.
import { maskedCrc32c } from "./crc32c.ts";

/** u64 length and u32 checksum before the bytes, u32 checksum after them; little-endian. */
const HEAD = 12;
const TAIL = 4;

export function record(body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEAD + body.length + TAIL);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(body.length), true);
  view.setUint32(8, maskedCrc32c(bytes.subarray(0, 8)), true);
  bytes.set(body, HEAD);
  view.setUint32(HEAD + body.length, maskedCrc32c(body), true);
  return bytes;
}

export interface FoundRecord {
  readonly body: Uint8Array;
  /** Where the next record begins. */
  readonly end: number;
}

/** The records from the beginning on, up to the first that is cut off or damaged. */
export function* recordsOf(bytes: Uint8Array): Generator<FoundRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  while (start + HEAD + TAIL <= bytes.length) {
    const length = Number(view.getBigUint64(start, true));
    const end = start + HEAD + length + TAIL;
    if (view.getUint32(start + 8, true) !== maskedCrc32c(bytes.subarray(start, start + 8))) return;
    if (end > bytes.length) return;
    const body = bytes.subarray(start + HEAD, end - TAIL);
    if (view.getUint32(end - TAIL, true) !== maskedCrc32c(body)) return;
    yield { body, end };
    start = end;
  }
}
