// The glance at a product lets nothing pass that a judge would refuse.
import fc from "fast-check";
import ndarray from "ndarray";
import { expect, test } from "vitest";
import { judgeOperands } from "../src/border/matmul.ts";
import { isPlainProduct } from "../src/border/plain-product.ts";
import { Arena } from "../src/memory.ts";
import type { ByteTensor, Tensor } from "../src/tensor.ts";

const MEMORIES = [new ArrayBuffer(512), new ArrayBuffer(512)];
const KINDS = [Float32Array, Float64Array, Uint8Array, Int8Array, Int32Array];

/** What a tensor is made of. */
interface Parts {
  memory: number;
  kind: number;
  /** Bytes into the memory, in eights. */
  from: number;
  length: number;
  shape: number[];
  stride: number[];
  offset: number;
}

function made({ memory, kind, from, length, shape, stride, offset }: Parts): Tensor {
  const t = ndarray(new KINDS[kind](MEMORIES[memory], from * 8, length), shape, stride);
  t.offset = offset; // the constructor would make a whole number of it
  return t as unknown as Tensor;
}

const size = fc.integer({ min: 1, max: 3 });
const odd = fc.constantFrom(0, 1, 2, 3, 4, -1, 0.5, Number.NaN);

/** The parts of a (m,k), b (k,n) and out (m,n), of which nothing is wrong, in places that may touch. */
const product = fc
  .tuple(size, size, size, fc.tuple(...Array.from({ length: 3 }, () => fc.integer({ min: 0, max: 20 }))))
  .map(([m, k, n, from]) =>
    [
      [m, k],
      [k, n],
      [m, n],
    ].map(
      ([rows, columns], i): Parts => ({
        memory: 0,
        kind: 0,
        from: from[i],
        length: rows * columns,
        shape: [rows, columns],
        stride: [columns, 1],
        offset: 0,
      }),
    ),
  );

/** A change to one of them. */
const change = fc.record({
  operand: fc.nat(2),
  part: fc.constantFrom("memory", "kind", "length", "rows", "columns", "axes", "far", "near", "offset"),
  to: odd,
});

function apply(parts: Parts[], { operand, part, to }: { operand: number; part: string; to: number }): void {
  const p = parts[operand];
  const whole = Math.abs(Math.trunc(to)) || 0;
  if (part === "memory") p.memory = whole % 2;
  else if (part === "kind") p.kind = whole % KINDS.length;
  else if (part === "length") p.length = whole;
  else if (part === "rows") p.shape[0] = to;
  else if (part === "columns") p.shape[1] = to;
  else if (part === "axes") p.shape.pop();
  else if (part === "far") p.stride[0] = to;
  else if (part === "near") p.stride[1] = to;
  else p.offset = to;
}

test("no product of which one or two things are odd looks plain if a judge finds fault with it", () => {
  let plain = 0;
  fc.assert(
    fc.property(product, fc.array(change, { maxLength: 2 }), (parts, changes) => {
      for (const one of changes) apply(parts, one);
      const [a, b, out] = parts.map(made);
      if (!isPlainProduct(a, b, out)) return;
      plain += 1;
      judgeOperands(a, b, out);
    }),
    { numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(1000);
});

test("what a training step multiplies is plain", () => {
  const arena = Arena.create({ byteLength: 65536 });
  const [x, W, y] = [
    [3, 5],
    [5, 4],
    [3, 4],
  ].map((shape) => arena.allocate("float32", shape));
  const bytes: ByteTensor = arena.allocate("uint8", [3, 5]);
  expect(isPlainProduct(x, W, y)).toBe(true);
  expect(isPlainProduct(bytes, W, y)).toBe(true);
  expect(isPlainProduct(x.transpose(1, 0), y, W)).toBe(true);
  expect(isPlainProduct(y, W.transpose(1, 0), x)).toBe(true);
});

test("a product on one of its operands, or on an array that touches one, is not", () => {
  const data = new Float32Array(32);
  const [a, b, c] = [0, 4, 8].map((from) => ndarray(data.subarray(from, from + 4), [2, 2]));
  expect(isPlainProduct(a, b, c)).toBe(true);
  expect(isPlainProduct(a, b, a)).toBe(false);
  expect(isPlainProduct(a, b, b)).toBe(false);
  expect(isPlainProduct(a, b, ndarray(data.subarray(7, 11), [2, 2]))).toBe(false);
  expect(isPlainProduct(a, ndarray(data.subarray(11, 15), [2, 2]), c)).toBe(false);
});

test("three axes, or sizes below 0, are not", () => {
  const [a, b, c] = [0, 4, 8].map((from) => ndarray(new Float32Array(12).subarray(from, from + 4), [2, 2]));
  expect(isPlainProduct(ndarray(a.data, [2, 2, 1]), b, c)).toBe(false);
  expect(isPlainProduct(ndarray(a.data, [-1, 2]), b, ndarray(c.data, [-1, 2]))).toBe(false);
  expect(isPlainProduct(a, ndarray(b.data, [2, -1]), ndarray(c.data, [2, -1], [2, 1]))).toBe(false);
});
