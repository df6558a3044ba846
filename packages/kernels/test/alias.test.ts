// Which views share memory: the overlap test against a list of all their bytes.
import fc from "fast-check";
import ndarray, { type NdArray } from "ndarray";
import { describe, expect, test } from "vitest";
import { isSameView, overlaps, overlapsItself } from "../src/border/overlap.ts";

type View = NdArray<Float32Array | Float64Array | Uint8Array>;

/** Every byte address of a view, element by element. */
function bytesOf(t: View): number[] {
  const bytes: number[] = [];
  const width = t.data.BYTES_PER_ELEMENT;
  function collect(axis: number, position: number): void {
    if (axis < t.shape.length) {
      for (let i = 0; i < t.shape[axis]; i++) collect(axis + 1, position + i * t.stride[axis]);
    } else for (let byte = 0; byte < width; byte++) bytes.push(t.data.byteOffset + position * width + byte);
  }
  collect(0, t.offset);
  return bytes;
}

function share(a: View, b: View): boolean {
  const bytes = new Set(bytesOf(a));
  return bytesOf(b).some((byte) => bytes.has(byte));
}

const matrix = ndarray(new Float32Array(60), [6, 10]);

describe("views of one memory are apart when", () => {
  test.each([
    ["they are two blocks of columns", matrix.hi(6, 4), matrix.lo(0, 4)],
    ["they are two blocks of rows", matrix.hi(2), matrix.lo(2)],
    ["they are even and odd columns", matrix.step(1, 2), matrix.lo(0, 1).step(1, 2)],
    ["they are even and odd rows, one of them reversed", matrix.step(2), matrix.lo(1).step(-2)],
    ["they are a column and the transposed rest", matrix.hi(6, 1), matrix.lo(0, 1).transpose(1, 0)],
    ["one has no element", matrix.hi(0), matrix],
  ])("%s", (_, a, b) => {
    expect(overlaps(a, b)).toBe(false);
    expect(overlaps(b, a)).toBe(false);
  });

  test("they lie over different buffers", () => {
    expect(overlaps(matrix, ndarray(new Float32Array(60), [6, 10]))).toBe(false);
  });
});

describe("views of one memory share it when", () => {
  test.each([
    ["they are one view", matrix, matrix],
    ["two blocks of columns have one in common", matrix.hi(6, 5), matrix.lo(0, 4)],
    ["one is the other transposed", matrix, matrix.transpose(1, 0)],
    ["one is the other reversed", matrix, matrix.step(-1)],
    ["every second column meets every third", matrix.step(1, 2), matrix.step(1, 3)],
  ])("%s", (_, a, b) => {
    expect(overlaps(a, b)).toBe(true);
    expect(overlaps(b, a)).toBe(true);
  });

  test("they have different widths but a byte in common", () => {
    const buffer = new ArrayBuffer(64);
    const doubles = ndarray(new Float64Array(buffer), [4], [2]);
    const bytes = ndarray(new Uint8Array(buffer));
    expect(overlaps(doubles, bytes.lo(8).hi(8))).toBe(false);
    expect(overlaps(doubles, bytes.lo(8).hi(9))).toBe(true);
  });
});

/** A view of rank 0 to 3 that lies somewhere inside 512 bytes, of any element width. */
const view = fc
  .record({
    wide: fc.constantFrom(1, 4, 8),
    axes: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: -9, max: 9 })), {
      maxLength: 3,
    }),
    shift: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ wide, axes, shift }) => {
    const lowest = axes.reduce((low, [size, stride]) => low + Math.min(0, (size - 1) * stride), 0);
    return {
      wide,
      shape: axes.map(([size]) => size),
      stride: axes.map(([, s]) => s),
      offset: shift - lowest,
    };
  });

test("overlap is exact for any two views of up to three axes and any element width", () => {
  const buffer = new ArrayBuffer(8 * 256);
  const place = ({
    wide,
    shape,
    stride,
    offset,
  }: {
    wide: number;
    shape: number[];
    stride: number[];
    offset: number;
  }) => {
    const data =
      wide === 1 ? new Uint8Array(buffer) : wide === 4 ? new Float32Array(buffer) : new Float64Array(buffer);
    return ndarray<Uint8Array | Float32Array | Float64Array>(data, shape, stride, offset);
  };
  const seen = { shared: 0, apart: 0 };
  fc.assert(
    fc.property(view, view, (p, q) => {
      const [a, b] = [place(p), place(q)];
      seen[share(a, b) ? "shared" : "apart"]++;
      return overlaps(a, b) === share(a, b);
    }),
    { seed: 3, numRuns: 4000 },
  );
  expect(Math.min(seen.shared, seen.apart)).toBeGreaterThan(500);
});

test("a view overlaps itself exactly when two indices meet: up to two axes always right, beyond never too lenient", () => {
  const buffer = new Float32Array(256);
  fc.assert(
    fc.property(view, ({ shape, stride, offset }) => {
      const t = ndarray(buffer, shape, stride, offset);
      const bytes = bytesOf(t);
      const meets = new Set(bytes).size < bytes.length;
      return shape.length < 3 ? overlapsItself(t) === meets : overlapsItself(t) || !meets;
    }),
    { seed: 4, numRuns: 4000 },
  );
  expect(overlapsItself(ndarray(buffer, [4, 5, 6]))).toBe(false);
  expect(overlapsItself(ndarray(buffer, [4, 5, 6]).transpose(2, 0, 1).step(-1, 2, 1))).toBe(false);
});

test("a view is the same view only if every index lies at the same place", () => {
  expect(isSameView(matrix, matrix.lo(0, 0))).toBe(true);
  expect(isSameView(matrix, ndarray(new Float32Array(matrix.data.buffer), [6, 10]))).toBe(true);
  expect(isSameView(matrix, matrix.step(-1))).toBe(false);
  expect(isSameView(matrix.hi(6, 6), matrix.hi(6, 6).transpose(1, 0))).toBe(false);
  // The stride of an axis of one element means nothing.
  expect(isSameView(ndarray(matrix.data, [1, 4], [7, 1]), ndarray(matrix.data, [1, 4], [4, 1]))).toBe(true);
});
