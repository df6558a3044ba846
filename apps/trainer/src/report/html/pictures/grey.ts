// Numbers as a grey picture: a sample as people would see it.
import type { Picture } from "../report.ts";
import { greyPng } from "./png.ts";
import { type Plane, shrink } from "./shrink.ts";

/** `from` is black, `to` white, and what lies outside is cut. */
export function greyPicture(plane: Plane, from: number, to: number): Picture {
  const { width, height, data } = shrink(plane);
  const perStep = to > from ? 255 / (to - from) : 0;
  // Uint8ClampedArray rounds and cuts.
  const bytes = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i++) bytes[i] = (data[i] - from) * perStep;
  return greyPng({ width, height, data: new Uint8Array(bytes.buffer) });
}
