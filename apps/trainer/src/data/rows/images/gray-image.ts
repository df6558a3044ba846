// A picture of one channel, and how colours and transparency become one.

/** Height × width numbers from 0 (black) to 255 (white), row by row. */
export interface GrayImage {
  readonly height: number;
  readonly width: number;
  readonly pixels: Float64Array<ArrayBuffer>;
}

/** Samples from 0 to `most`, row by row, `channels` a pixel: gray, gray and alpha, RGB, or RGB and alpha. */
export interface Samples {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly most: number;
  readonly data: ArrayLike<number>;
}

// Luma of ITU-R BT.601, as Pillow's convert("L") weighs: the samples are taken as they are stored, gamma and all.
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

/**
 * Luma, over a ground. Nets for MNIST and its like know light figures on black: the ground is black, or with `invert`
 * white, and then black and white change places, so that what is transparent always becomes 0.
 */
export function toGray({ height, width, channels, most, data }: Samples, invert: boolean): GrayImage {
  const pixels = new Float64Array(height * width);
  const colours = channels >= 3;
  const hasAlpha = channels % 2 === 0;
  const ground = invert ? 255 : 0;
  for (let i = 0, at = 0; i < pixels.length; i++, at += channels) {
    const sample = (channel: number): number => ((data[at + channel] ?? 0) * 255) / most;
    const light = colours ? RED * sample(0) + GREEN * sample(1) + BLUE * sample(2) : sample(0);
    const alpha = hasAlpha ? sample(channels - 1) / 255 : 1;
    const shown = light * alpha + ground * (1 - alpha);
    pixels[i] = invert ? 255 - shown : shown;
  }
  return { height, width, pixels };
}
