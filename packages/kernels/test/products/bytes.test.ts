// A product whose left operand is bytes: the bits of the product of the floats that gatherRows makes of them.
import fc from "fast-check";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { ByteTensor, Dtype, Kernels, MatmulOptions, Tensor } from "../../src/index.ts";
import { expectGuards, LAYOUTS, laidOut, memories, poisonedOut } from "../conformance/layouts.ts";
import { DTYPES, dense, expectSameBits, seededNumbers } from "../conformance/values.ts";
import { BACKENDS, reference } from "./backends.ts";

const SCALE = 1 / 255;
/** What stands around bytes, so that reading too far shows. */
const AROUND = 201;

/** Bytes of which about so many percent are not 0, in runs of various lengths. */
function pixels(count: number, percent: number, seed: number): number[] {
  const chosen = seededNumbers(count, seed + 500);
  return seededNumbers(count, seed).map((value, i) =>
    Math.abs(chosen[i]) * 100 < percent ? 1 + Math.floor(Math.abs(value) * 254) : 0,
  );
}

/** The bytes laid out as floats are; in the kernels' own memory if that is given. */
function bytesOf(layout: string, values: readonly number[], m: number, n: number, own?: Kernels): ByteTensor {
  const { stride, offset, data } = laidOut(layout, values, m, n, "float32");
  const room = own?.zeros([Math.ceil(data.length / 4) + 1]).data;
  const bytes =
    room === undefined
      ? new Uint8Array(data.length)
      : new Uint8Array(room.buffer, room.byteOffset, data.length);
  const t = ndarray(bytes.fill(AROUND), [m, n], stride, offset);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) t.set(i, j, values[i * n + j]);
  return t;
}

/** The floats that bytes stand for, by the reference's gatherRows. */
function floatsOf(bytes: ByteTensor, dtype: Dtype): Tensor {
  const [m, n] = bytes.shape;
  const rows = ndarray(Int32Array.from({ length: m }, (_, i) => i));
  return reference.gatherRows<Tensor["data"]>(bytes, rows, dense(new Array(m * n).fill(0), [m, n], dtype), {
    scale: SCALE,
  });
}

/** Around the sixteen that are compared at once, the sixteen that are turned, and the blocks of k. */
const SIZES = [
  [0, 3, 2],
  [3, 0, 2],
  [1, 784, 50],
  [2, 1, 3],
  [5, 15, 4],
  [17, 16, 5],
  [16, 17, 13],
  [33, 31, 27],
  [15, 100, 10],
  [50, 7, 50],
  [50, 9, 50],
  [784, 1, 50],
  [7, 257, 52],
  [9, 520, 53],
  [250, 5, 54],
  [18, 33, 61],
  [17, 230, 70],
] as const;

describe.each(BACKENDS)("a product of bytes on %s", (_, kernels) => {
  describe.each(DTYPES)("in %s", (dtype) => {
    const ways: readonly MatmulOptions[] = [
      {},
      { accumulate: true },
      { accumulate: true, alpha: -0.3 },
      { accumulate: true, alpha: 0.3 },
    ];

    test("has the bits of the floats' one at every size around the blocks, in every way and memory", () => {
      for (const [m, k, n] of SIZES) {
        for (const layout of ["row-major", "transposed"]) {
          for (const [own, newArray] of [
            [undefined, memories(() => kernels)[0][1]],
            [kernels, memories(() => kernels)[1][1]],
          ] as const) {
            const a = bytesOf(layout, pixels(m * k, 30, m + k), m, k, own);
            const floats = floatsOf(a, dtype);
            const b = laidOut("row-major", seededNumbers(k * n, n), k, n, dtype, newArray);
            const bias = dense(seededNumbers(n, 3), [n], dtype);
            for (const way of own ? [...ways, { bias, relu: true }] : [ways[2]]) {
              const start = seededNumbers(m * n, 5);
              const out = laidOut("row-major", start, m, n, dtype, newArray);
              const expected = dense(start, [m, n], dtype);
              const sparse = { ...way, sparse: true };
              kernels.matmul(a, b, out, { ...sparse, byteScale: SCALE } as MatmulOptions);
              kernels.matmul(floats, b, expected, sparse as MatmulOptions);
              expectSameBits(out, expected, `${m}×${k}×${n} ${layout} ${Object.keys(way)}`);
            }
          }
        }
      }
    });

    test("has the bits of the floats' one for any sizes, layouts and densities, and touches nothing else", () => {
      const size = fc.integer({ min: 0, max: 45 });
      const layout = fc.constantFrom(...LAYOUTS);
      const places = fc.tuple(layout, layout, layout, fc.boolean());
      const percent = fc.constantFrom(0, 5, 20, 50, 100);
      const seed = fc.integer({ min: 1, max: 1e6 });
      const way = fc.record({ sparse: fc.boolean(), relu: fc.boolean() });
      fc.assert(
        fc.property(
          size,
          size,
          size,
          places,
          percent,
          seed,
          way,
          (m, k, n, [la, lb, lc, inside], share, first, options) => {
            const a = bytesOf(la, pixels(m * k, share, first), m, k, inside ? kernels : undefined);
            const b = laidOut(lb, seededNumbers(k * n, first + 1), k, n, dtype);
            const before = [a.data.slice(), b.data.slice()];
            const out = poisonedOut(lc, m, n, dtype, memories(() => kernels)[inside ? 1 : 0][1]);
            kernels.matmul(a, b, out, { ...options, byteScale: SCALE });
            expectSameBits(out, kernels.matmul(floatsOf(a, dtype), b, undefined, options));
            expectGuards(out, lc);
            expect([a.data, b.data]).toEqual(before);
          },
        ),
        { seed: 11, numRuns: 80 },
      );
    });

    test("counts every byte from 0 to 255 as itself without a byteScale", () => {
      const a = bytesOf(
        "row-major",
        Array.from({ length: 256 }, (_v, i) => i),
        1,
        256,
        kernels,
      );
      const square = dense(
        Array.from({ length: 256 * 256 }, (_v, i) => (i % 257 === 0 ? 1 : 0)),
        [256, 256],
        dtype,
      );
      for (const sparse of [true, false]) {
        expectSameBits(kernels.matmul(a, square, undefined, { sparse }), [...a.data.subarray(0, 256)]);
      }
    });

    test("takes a vector of bytes too", () => {
      const a = bytesOf("row-major", pixels(30, 40, 1), 1, 30);
      const b = dense(seededNumbers(60, 2), [30, 2], dtype);
      const options = { sparse: true, byteScale: SCALE };
      const line = floatsOf(a, dtype).pick(0, null);
      expectSameBits(kernels.matmul(a.pick(0, null), b, undefined, options), kernels.matmul(line, b));
    });

    test("lets no infinity or NaN of b through a byte of 0", () => {
      const a = bytesOf("row-major", [0, 3, 0, 2], 2, 2, kernels);
      const b = dense([Number.NaN, Infinity, 1, 2], [2, 2], dtype);
      expectSameBits(kernels.matmul(a, b, undefined, { sparse: true }), [3, 6, 2, 4]);
    });
  });

  test("gatherRows leaves bytes as they are, in any layout and memory, and writes nothing else", () => {
    const [n, columns] = [40, 37];
    const values = pixels(n * columns, 50, 4);
    const rows = ndarray(Int16Array.of(3, 39, 0, 3));
    const expected = [3, 39, 0, 3].flatMap((row) => values.slice(row * columns, (row + 1) * columns));
    for (const layout of LAYOUTS) {
      for (const other of LAYOUTS) {
        for (const own of [undefined, kernels]) {
          const source = bytesOf(layout, values, n, columns, own);
          const out = bytesOf(other, new Array(4 * columns).fill(7), 4, columns, own);
          const inside = new Set<number>();
          for (let i = 0; i < 4; i++) for (let j = 0; j < columns; j++) inside.add(out.index(i, j));
          expect(kernels.gatherRows(source, rows, out)).toBe(out);
          const found = [0, 1, 2, 3].flatMap((i) =>
            Array.from({ length: columns }, (_v, j) => out.get(i, j)),
          );
          expect(found).toEqual(expected);
          expect(out.data.every((byte, at) => inside.has(at) || byte === AROUND)).toBe(true);
        }
      }
    }
  });
});
