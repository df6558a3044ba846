// Images as PNG files: 8 bits a pixel, grey or by palette. Specification: https://www.w3.org/TR/png-3/
import { crc32, deflateSync } from "node:zlib";
import type { Picture } from "../report.ts";

/** Bytes row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const GREY = 0;
const PALETTE = 3;

/** Black is 0, white 255. */
export function greyPng(pixels: Pixels): Picture {
  return png(pixels, GREY, []);
}

/** Each pixel is the number of a colour. `alpha` says how opaque each colour is, 0 to 255. */
export function palettePng(
  pixels: Pixels,
  colors: readonly (readonly [red: number, green: number, blue: number])[],
  alpha: readonly number[],
): Picture {
  return png(pixels, PALETTE, [
    chunk("PLTE", Uint8Array.from(colors.flat())),
    chunk("tRNS", Uint8Array.from(alpha)),
  ]);
}

function png(pixels: Pixels, colorType: number, extra: readonly Uint8Array[]): Picture {
  const { width, height, data } = pixels;
  const header = new Uint8Array(13); // compression, filter and interlace methods stay 0
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colorType], 8);
  const lines = new Uint8Array(height * (width + 1)); // each line begins with its filter: 0, none
  for (let y = 0; y < height; y++) {
    lines.set(data.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  const parts = [SIGNATURE, chunk("IHDR", header), ...extra, chunk("IDAT", deflateSync(lines, { level: 9 }))];
  return { width, height, png: Buffer.concat([...parts, chunk("IEND", new Uint8Array(0))]) };
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  bytes.set(Buffer.from(type, "latin1"), 4);
  bytes.set(body, 8);
  view.setUint32(8 + body.length, crc32(bytes.subarray(4, 8 + body.length)));
  return bytes;
}
