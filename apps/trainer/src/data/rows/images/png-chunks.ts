// Looks through a PNG file before it is decoded: every chunk whole, and no more pixels than its header promises.
// Layout: PNG (third edition), sections 5.3 (chunks), 11.2 (critical chunks), 8.1 (interlacing).
import { crc32, inflateSync } from "node:zlib";
import { DataError } from "../../../errors.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CHUNK_OVERHEAD = 12;
const HEADER_SIZE = 13;
/** Everything else is text, times and colour profiles, which a net has no use for and a bomb could hide in. */
const NEEDED = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
/** Samples a pixel, by colour type. */
const CHANNELS: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);
/** 2²⁵, 33 megapixels: more than cameras make, and 134 MB in the largest of the usual types. */
const MOST_PIXELS = 33_554_432;

/** Whether the bytes start as PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * The file without the chunks that pixels do not need, safe to decode: its pixels unpack to what its header says.
 *
 * @throws DataError naming the file and the byte.
 */
export function checkedPng(bytes: Uint8Array, file: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [Uint8Array.from(SIGNATURE)];
  const packed: Uint8Array[] = [];
  let promised: number | undefined;
  for (let at = SIGNATURE.length; ; ) {
    if (at + CHUNK_OVERHEAD > bytes.length) throw fault(file, bytes.length, "a chunk", "the end of the file");
    const length = view.getUint32(at);
    const end = at + CHUNK_OVERHEAD + length;
    if (end > bytes.length)
      throw fault(file, at, `a chunk up to byte ${end}`, `${bytes.length} bytes in all`);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4))
      throw fault(file, at, `the checksum of the chunk ${JSON.stringify(type)}`, "another");
    if ((promised === undefined) !== (type === "IHDR"))
      throw fault(file, at, "one header, before all other chunks", JSON.stringify(type));
    if (type === "IHDR") promised = promisedBytes(bytes.subarray(at + 8, end - 4), file, at);
    if (type === "IDAT") packed.push(bytes.subarray(at + 8, end - 4));
    if (NEEDED.includes(type)) kept.push(bytes.subarray(at, end));
    at = end;
    if (type === "IEND") break;
  }
  requirePixels(Buffer.concat(packed), promised ?? 0, file);
  return Buffer.concat(kept);
}

/** Bytes of all scanlines, each with its filter byte. */
function promisedBytes(header: Uint8Array, file: string, at: number): number {
  if (header.length !== HEADER_SIZE) throw fault(file, at, "a header of 13 bytes", `${header.length}`);
  const view = new DataView(header.buffer, header.byteOffset, HEADER_SIZE);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const depth = view.getUint8(8);
  const channels = CHANNELS.get(view.getUint8(9));
  const interlaced = view.getUint8(12) === 1;
  if (width === 0 || height === 0 || width * height > MOST_PIXELS)
    throw fault(file, at, `1 to ${MOST_PIXELS} pixels`, `${width}×${height}`);
  if (![1, 2, 4, 8, 16].includes(depth) || channels === undefined || (depth < 8 && channels > 1))
    throw fault(file, at, "a depth and colour type of the format", `${depth} and ${view.getUint8(9)}`);
  if (interlaced && depth < 8)
    throw fault(file, at, "pixels of at least 8 bits in an interlaced image", `${depth} bits`);
  const lines = (w: number, h: number): number =>
    w === 0 || h === 0 ? 0 : h * (1 + Math.ceil((w * channels * depth) / 8));
  if (!interlaced) return lines(width, height);
  return PASSES.reduce((sum, [x, y, dx, dy]) => {
    return sum + lines(Math.ceil(Math.max(0, width - x) / dx), Math.ceil(Math.max(0, height - y) / dy));
  }, 0);
}

/** Adam7: first column, first row, and steps between columns and rows. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

function requirePixels(packed: Uint8Array, promised: number, file: string): void {
  let found: string;
  try {
    const { length } = inflateSync(packed, { maxOutputLength: promised });
    if (length === promised) return;
    found = `${length} bytes`;
  } catch (cause) {
    found = cause instanceof Error ? cause.message : String(cause);
  }
  throw fault(file, SIGNATURE.length, `${promised} bytes of pixels once unpacked, as the header says`, found);
}

function fault(file: string, offset: number, expected: string, found: string): DataError {
  return new DataError({
    file,
    offset,
    expected,
    found,
    cure: "Save the image again as PNG, not interlaced.",
  });
}
