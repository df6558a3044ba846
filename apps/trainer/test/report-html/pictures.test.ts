// Pictures, read back by a PNG decoder that others maintain.
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { ABOVE, BELOW, divergingPicture } from "../../src/report/html/pictures/diverging.ts";
import { greyPicture } from "../../src/report/html/pictures/grey.ts";
import { shrink } from "../../src/report/html/pictures/shrink.ts";

test("a grey picture has every value at its place, from black to white, cut beyond", () => {
  const data = Float64Array.of(0, 0.5, 1, -3, 7, 0.25);
  const { png, ...size } = greyPicture({ width: 3, height: 2, data }, 0, 1);
  const { width, height, depth, channels, data: pixels } = decode(png, { checkCrc: true });
  expect({ ...size, depth, channels }).toEqual({ width, height, depth: 8, channels: 1 });
  expect([...pixels]).toEqual([0, 128, 255, 0, 255, 64]);
});

test("a picture of one value only is black, not NaN", () => {
  const { png } = greyPicture({ width: 2, height: 1, data: Float64Array.of(4, 4) }, 4, 4);
  expect([...decode(png, { checkCrc: true }).data]).toEqual([0, 0]);
});

test("weights are orange below 0, blue above, clear at 0, and as strong on either side", () => {
  const data = Float64Array.of(-1, -0.5, 0, 0.5, 1, 9);
  const { png } = divergingPicture({ width: 6, height: 1, data }, 1);
  const { data: colors, palette = [] } = decode(png, { checkCrc: true });
  expect([...colors].map((color) => palette[color])).toEqual([
    [...BELOW, 255],
    [...BELOW, 128],
    [...ABOVE, 0],
    [...ABOVE, 128],
    [...ABOVE, 255],
    [...ABOVE, 255],
  ]);
});

test("weights that are all 0 make a clear picture", () => {
  const { png } = divergingPicture({ width: 2, height: 1, data: new Float64Array(2) }, 0);
  const { data, palette = [] } = decode(png, { checkCrc: true });
  expect([...data].map((color) => palette[color]?.[3])).toEqual([0, 0]);
});

test("a large picture becomes one of 64 pixels at most, each the mean of those it stands for", () => {
  const data = Float64Array.from({ length: 256 * 128 }, (_, i) => (i % 256) + 1000 * Math.floor(i / 256));
  const small = shrink({ width: 256, height: 128, data });
  expect([small.width, small.height]).toEqual([64, 32]);
  expect(small.data[0]).toBe(1.5 + 1500); // columns 0 to 3 of rows 0 to 3
  expect(small.data[65]).toBe(5.5 + 5500); // columns 4 to 7 of rows 4 to 7
  const line = shrink({ width: 1000, height: 1, data: new Float64Array(1000).fill(3) });
  expect([line.width, line.height, new Set(line.data)]).toEqual([64, 1, new Set([3])]);
});
