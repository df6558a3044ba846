// Builds PNG files for tests, chunk by chunk, so that a test can also build wrong ones.
import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Default 8. */
  readonly depth?: number;
  /** Default 0, gray. */
  readonly colour?: number;
  /** Default 0. */
  readonly interlace?: number;
}

/** A file with these lines of bytes, each behind filter 0, and any chunks between header and pixels. */
export function pngFile(
  header: PngHeader,
  lines: readonly (readonly number[])[],
  between: readonly Uint8Array[] = [],
): Uint8Array {
  const pixels = Uint8Array.from(lines.flatMap((line) => [0, ...line]));
  return Uint8Array.from(
    [
      Uint8Array.from(SIGNATURE),
      headerChunk(header),
      ...between,
      pngChunk("IDAT", deflateSync(pixels)),
      pngChunk("IEND", []),
    ].flatMap((part) => Array.from(part)),
  );
}

export function pngChunk(type: string, content: Iterable<number>): Uint8Array {
  const body = Uint8Array.from([...Array.from(type, (c) => c.charCodeAt(0)), ...content]);
  return Uint8Array.from([...u32(body.length - 4), ...body, ...u32(crc32(body))]);
}

function headerChunk({ width, height, depth = 8, colour = 0, interlace = 0 }: PngHeader): Uint8Array {
  return pngChunk("IHDR", [...u32(width), ...u32(height), depth, colour, 0, 0, interlace]);
}

function u32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}
