// Decodes PNG with fast-png, behind a check that keeps hostile files from it.
import { DataError } from "../../../errors.ts";
import { type GrayImage, type Samples, toGray } from "./gray-image.ts";
import { checkedPng } from "./png-chunks.ts";

/**
 * Any PNG but interlaced ones of less than 8 bits. A colour profile or gamma is not applied.
 *
 * @throws DataError naming the file and what is wrong.
 */
export async function readPng(bytes: Uint8Array, file: string, invert: boolean): Promise<GrayImage> {
  const checked = checkedPng(bytes, file);
  // Loaded on first use: most runs never see a PNG.
  const { convertIndexedToRgb, decode } = await import("fast-png");
  try {
    const image = decode(checked);
    const { width, height, depth, channels, palette, transparency } = image;
    if (palette !== undefined) {
      const data = convertIndexedToRgb(image);
      return toGray({ width, height, channels: palette[0]?.length ?? 3, most: 255, data }, invert);
    }
    const most = 2 ** depth - 1;
    const data = depth < 8 ? unpackBits(image.data, width, height, depth) : image.data;
    const samples = { width, height, channels, most, data };
    return toGray(transparency === undefined ? samples : withAlpha(samples, transparency), invert);
  } catch (cause) {
    throw new DataError(
      {
        file,
        expected: "a PNG image",
        found: cause instanceof Error ? cause.message : String(cause),
        cure: "Save the image again as PNG.",
      },
      { cause },
    );
  }
}

/** Samples of 1, 2 or 4 bits, several in a byte, the first in the highest bits; each line starts with a new byte. */
function unpackBits(packed: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const lineBytes = Math.ceil((width * depth) / 8);
  const perByte = 8 / depth;
  const samples = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const byte = packed[y * lineBytes + Math.floor(x / perByte)] ?? 0;
      samples[i] = (byte >> (8 - depth * ((x % perByte) + 1))) & (2 ** depth - 1);
    }
  }
  return samples;
}

/** tRNS of an image without alpha names the one colour that is transparent. */
function withAlpha({ channels, data, most, ...size }: Samples, clear: ArrayLike<number>): Samples {
  const pixels = size.width * size.height;
  const out = new Uint16Array(pixels * (channels + 1));
  for (let i = 0; i < pixels; i++) {
    let matches = true;
    for (let c = 0; c < channels; c++) {
      const sample = data[i * channels + c] ?? 0;
      out[i * (channels + 1) + c] = sample;
      matches &&= sample === clear[c];
    }
    out[i * (channels + 1) + channels] = matches ? 0 : most;
  }
  return { ...size, channels: channels + 1, most, data: out };
}
