// PGM is read in both its forms, and pictures are made the size a model wants by averaging areas.
import { describe, expect, test } from "vitest";
import { readPgm } from "../../../src/data/rows/images/read-pgm.ts";
import { resize } from "../../../src/data/rows/images/resize.ts";
import { faultOf, thrownBy } from "../../support/thrown.ts";

const bytes = (text: string, ...values: number[]): Uint8Array =>
  Uint8Array.from([...new TextEncoder().encode(text), ...values]);
const gray = (file: Uint8Array, invert = false) => readPgm(file, "a.pgm", invert);

describe("PGM", () => {
  test.each([
    ["bytes", bytes("P5\n2 2\n255\n", 0, 10, 13, 255), [0, 10, 13, 255]],
    ["another largest value", bytes("P5 2 1 51 ", 0, 51), [0, 255]],
    ["two bytes a value", bytes("P5 2 1 65535\n", 0xff, 0xff, 0x80, 0x80), [255, 128]],
    ["text", bytes("P2\n# by hand\n3 1\n# another\n15\n0 15\n5\n"), [0, 255, 85]],
    ["text without an end of line", bytes("P2 1 1 255 7"), [7]],
  ])("of %s", (_, file, expected) => {
    expect(Array.from(gray(file).pixels)).toEqual(expected);
  });

  test("dark on light is inverted on request", () => {
    expect(Array.from(gray(bytes("P5 2 1 255 ", 255, 0), true).pixels)).toEqual([0, 255]);
  });

  test.each([
    ["cut short", bytes("P5 2 2 255 ", 1, 2, 3)],
    ["text cut short", bytes("P2 2 2 255 1 2 3")],
    ["a value above the largest", bytes("P2 2 1 15 1 16")],
    ["a byte above the largest", bytes("P5 2 1 15 ", 1, 16)],
    ["sizes beyond the file", bytes("P5 99999 99999 255 ", 1)],
    ["no width", bytes("P5 0 2 255 ", 1)],
    ["no largest value", bytes("P5 1 1 0 ", 1)],
    ["a word", bytes("P5 two 1 255 ", 1)],
    ["an endless comment", bytes("P5 # 1 1 255 ")],
  ])("is refused with its byte: %s", (_, file) => {
    expect(faultOf(thrownBy(() => gray(file)))).toMatchObject({ file: "a.pgm", offset: expect.any(Number) });
  });
});

describe("a picture of another size", () => {
  const image = (height: number, width: number, ...pixels: number[]) => ({
    height,
    width,
    pixels: Float64Array.from(pixels),
  });

  test("of the right size is handed back", () => {
    const same = image(1, 2, 3, 4);
    expect(resize(same, 1, 2)).toBe(same);
  });

  test("that is halved becomes the means of its squares", () => {
    const small = resize(image(2, 4, 0, 2, 10, 20, 4, 6, 30, 40), 1, 2);
    expect(small).toEqual(image(1, 2, 3, 25));
  });

  test("of sizes that do not divide shares the pixels between", () => {
    // Three columns into two: the middle one belongs half to each.
    expect(Array.from(resize(image(1, 3, 3, 6, 12), 1, 2).pixels)).toEqual([4, 10]);
    expect(Array.from(resize(image(3, 1, 3, 6, 12), 2, 1).pixels)).toEqual([4, 10]);
  });

  test("that is enlarged repeats its pixels, and mixes them at the borders", () => {
    expect(Array.from(resize(image(1, 2, 0, 9), 1, 4).pixels)).toEqual([0, 0, 9, 9]);
    expect(Array.from(resize(image(1, 2, 0, 9), 1, 3).pixels)).toEqual([0, 4.5, 9]);
  });

  test("keeps its mean", () => {
    const large = image(5, 7, ...Array.from({ length: 35 }, (_, i) => (i * 37) % 256));
    const mean = ({ pixels }: { pixels: Float64Array }) => pixels.reduce((a, b) => a + b, 0) / pixels.length;
    for (const [height, width] of [
      [3, 2],
      [28, 28],
      [1, 1],
    ] as const)
      expect(mean(resize(large, height, width))).toBeCloseTo(mean(large), 10);
  });
});
