// Numbers around 0 as a picture: orange below, blue above, and the paper shows through at 0, light or dark.
import type { Picture } from "../report.ts";
import { palettePng } from "./png.ts";
import { type Plane, shrink } from "./shrink.ts";

/** Steps on either side of 0. 129 colours are enough for the eye, and a short palette for the file. */
const STEPS = 64;

/** For a legend. Blue and orange are told apart with any kind of colour vision. */
export const BELOW: readonly [number, number, number] = [224, 96, 24];
export const ABOVE: readonly [number, number, number] = [38, 120, 214];

const COLORS = [
  ...new Array<typeof BELOW>(STEPS).fill(BELOW),
  ...new Array<typeof ABOVE>(STEPS + 1).fill(ABOVE),
];
const ALPHA = COLORS.map((_, i) => Math.round((255 * Math.abs(i - STEPS)) / STEPS));

/** Values of ± `limit` and beyond have full colour. */
export function divergingPicture(plane: Plane, limit: number): Picture {
  const { width, height, data } = shrink(plane);
  const perStep = limit > 0 ? STEPS / limit : 0;
  const bytes = Uint8Array.from(data, (value) => {
    const step = Math.round(value * perStep);
    return STEPS + Math.min(STEPS, Math.max(-STEPS, step));
  });
  return palettePng({ width, height, data: bytes }, COLORS, ALPHA);
}
