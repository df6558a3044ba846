// PNG of every kind becomes the gray it shows, and files that lie are refused before they are decoded.
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readPng } from "../../../src/data/rows/images/read-png.ts";
import { pngChunk, pngFile } from "../../support/png-bytes.ts";
import { faultOf } from "../../support/thrown.ts";

const gray = async (bytes: Uint8Array, invert = false) =>
  Array.from((await readPng(bytes, "a.png", invert)).pixels, (light) => Math.round(light * 1000) / 1000);
const refused = async (bytes: Uint8Array) =>
  faultOf(await readPng(bytes, "a.png", false).catch((error: unknown) => error));

describe("pixels", () => {
  test.each([
    [
      "8-bit gray",
      pngFile({ width: 2, height: 2 }, [
        [0, 128],
        [200, 255],
      ]),
      [0, 128, 200, 255],
    ],
    [
      "1-bit gray",
      pngFile({ width: 3, height: 2, depth: 1 }, [[0b10100000], [0b01000000]]),
      [255, 0, 255, 0, 255, 0],
    ],
    [
      "2-bit gray",
      pngFile({ width: 5, height: 1, depth: 2 }, [[0b00011011, 0b11000000]]),
      [0, 85, 170, 255, 255],
    ],
    ["4-bit gray", pngFile({ width: 3, height: 1, depth: 4 }, [[0x0f, 0x80]]), [0, 255, 136]],
    ["16-bit gray", pngFile({ width: 2, height: 1, depth: 16 }, [[0xff, 0xff, 0x80, 0x80]]), [255, 128]],
    [
      "colours by their luma",
      pngFile({ width: 4, height: 1, colour: 2 }, [[255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]]),
      [76.245, 149.685, 29.07, 18.15],
    ],
    [
      "gray and alpha over black",
      pngFile({ width: 3, height: 1, colour: 4 }, [[255, 255, 255, 51, 100, 0]]),
      [255, 51, 0],
    ],
    [
      "colours and alpha over black",
      pngFile({ width: 1, height: 1, colour: 6 }, [[255, 255, 255, 102]]),
      [102],
    ],
  ])("of %s", async (_, bytes, expected) => {
    expect(await gray(bytes)).toEqual(expected);
  });

  test("of a palette, with and without transparency", async () => {
    const palette = pngChunk("PLTE", [0, 0, 0, 255, 255, 255, 255, 0, 0]);
    const header = { width: 3, height: 1, colour: 3 };
    expect(await gray(pngFile(header, [[1, 0, 2]], [palette]))).toEqual([255, 0, 76.245]);
    expect(await gray(pngFile(header, [[1, 0, 2]], [palette, pngChunk("tRNS", [255, 0])]))).toEqual([
      0, 0, 76.245,
    ]);
    const packed = pngFile({ width: 3, height: 1, colour: 3, depth: 2 }, [[0b01001000]], [palette]);
    expect(await gray(packed)).toEqual([255, 0, 76.245]);
  });

  test("of one transparent colour", async () => {
    const clear = pngChunk("tRNS", [0, 200]);
    expect(await gray(pngFile({ width: 2, height: 1 }, [[200, 201]], [clear]))).toEqual([0, 201]);
  });

  test("inverted: dark on white, or on nothing, becomes light on black", async () => {
    expect(await gray(pngFile({ width: 3, height: 1 }, [[255, 0, 55]]), true)).toEqual([0, 255, 200]);
    const inkOnNothing = pngFile({ width: 2, height: 1, colour: 4 }, [[0, 255, 0, 0]]);
    expect(await gray(inkOnNothing, true)).toEqual([255, 0]);
  });

  test("of an interlaced image", async () => {
    // 3×3: the passes hold (0,0); –; –; (2,0); (0,2) (2,2); (1,0) (1,2); (0,1) (1,1) (2,1).
    const passes = [[1], [3], [7, 9], [2], [8], [4, 5, 6]];
    expect(await gray(pngFile({ width: 3, height: 3, interlace: 1 }, passes))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });
});

describe("is refused:", () => {
  const good = pngFile({ width: 2, height: 2 }, [
    [1, 2],
    [3, 4],
  ]);

  test("every prefix", async () => {
    for (let n = 0; n < good.length; n++) expect((await refused(good.subarray(0, n))).file).toBe("a.png");
  });

  test("a flipped bit anywhere behind the signature", async () => {
    for (let at = 8; at < good.length; at++) {
      const bytes = good.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 4;
      expect((await refused(bytes)).file).toBe("a.png");
    }
  });

  test.each([
    ["no pixels", { width: 0, height: 2 }, "1 to 33554432 pixels"],
    ["more pixels than any camera", { width: 65_535, height: 65_535 }, "1 to 33554432 pixels"],
    ["a depth of 3", { width: 2, height: 2, depth: 3 }, "depth and colour type"],
    ["colours of 4 bits", { width: 2, height: 2, depth: 4, colour: 2 }, "depth and colour type"],
    ["colour type 5", { width: 2, height: 2, colour: 5 }, "depth and colour type"],
    ["interlaced bits", { width: 2, height: 2, depth: 1, interlace: 1 }, "at least 8 bits"],
    ["fewer pixels than promised", { width: 2, height: 3 }, "9 bytes of pixels"],
    ["more pixels than promised", { width: 2, height: 1 }, "3 bytes of pixels"],
  ])("%s", async (_, header, expected) => {
    expect(
      (
        await refused(
          pngFile(header, [
            [1, 2],
            [3, 4],
          ]),
        )
      ).expected,
    ).toContain(expected);
  });

  test("a bomb, before it unpacks", async () => {
    const bomb = pngChunk("IDAT", deflateSync(new Uint8Array(100_000_000)));
    const before = process.memoryUsage().arrayBuffers;
    expect((await refused(pngFile({ width: 2, height: 2 }, [], [bomb]))).expected).toContain(
      "6 bytes of pixels",
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
  });

  test("a palette index without a colour, or an unknown filter", async () => {
    const palette = pngChunk("PLTE", [0, 0, 0]);
    expect((await refused(pngFile({ width: 1, height: 1, colour: 3 }, [[5]], [palette]))).file).toBe("a.png");
    const filter = pngChunk("IDAT", deflateSync(Uint8Array.of(9, 1)));
    expect((await refused(pngFile({ width: 1, height: 1 }, [], [filter]))).file).toBe("a.png");
  });

  test("two headers, and chunks before the header", async () => {
    const second = pngChunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 2, 8, 0, 0, 0, 0]);
    expect(
      (
        await refused(
          pngFile(
            { width: 2, height: 2 },
            [
              [1, 2],
              [3, 4],
            ],
            [second],
          ),
        )
      ).found,
    ).toBe('"IHDR"');
  });
});
