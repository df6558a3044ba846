// Builds ZIP files for tests, entry by entry, so that a test can also build files that lie.
import { crc32 } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly method: number;
  /** As it lies in the file. */
  readonly body: Uint8Array;
  /** What it unpacks to. */
  readonly content: Uint8Array;
  /** What the directory says instead of the truth. */
  readonly size?: number;
  readonly packed?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly offset?: number;
}

export function zipFile(parts: readonly ZipPart[]): Uint8Array {
  const locals: number[] = [];
  const directory: number[] = [];
  for (const part of parts) {
    const { name, method, body, content, flags = 0, offset = locals.length } = part;
    const shared = [
      ...u16(20, flags, method, 0, 0),
      ...u32(part.crc ?? crc32(content), part.packed ?? body.length, part.size ?? content.length),
      ...u16(name.length, 0),
    ];
    const letters = Array.from(new TextEncoder().encode(name));
    directory.push(...u32(0x02014b50), ...u16(20), ...shared, ...u16(0, 0, 0), ...u32(0, offset), ...letters);
    for (const piece of [u32(0x04034b50), shared, letters, body]) for (const byte of piece) locals.push(byte);
  }
  const end = [
    ...u32(0x06054b50),
    ...u16(0, 0, parts.length, parts.length),
    ...u32(directory.length, locals.length),
    ...u16(0),
  ];
  return Uint8Array.from([...locals, ...directory, ...end]);
}

function u16(...values: number[]): number[] {
  return values.flatMap((value) => [value & 255, (value >>> 8) & 255]);
}

function u32(...values: number[]): number[] {
  return values.flatMap((value) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24]);
}
