// A product that is known is computed at once, and never one that has changed: with the bits, or the error, of a new one.
import fc from "fast-check";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { MatmulOptions } from "../../src/kernels.ts";
import { Arena } from "../../src/memory.ts";
import { createKernels } from "../../src/select.ts";
import type { Tensor } from "../../src/tensor.ts";
import { ShortProducts } from "../../src/wasm/short-products.ts";
import { openWorkspace, type Workspace } from "../../src/wasm/workspace.ts";
import { seededNumbers } from "../conformance/values.ts";

type Changing<T> = { -readonly [K in keyof T]: T[K] };

function operands() {
  const arena = Arena.create({ byteLength: 4 * 2 ** 20 });
  const filled = (rows: number, columns: number, seed: number): Tensor => {
    const t = arena.allocate("float32", [rows, columns]);
    t.data.set(seededNumbers(rows * columns, seed));
    return t;
  };
  const a = filled(6, 4, 1).hi(2, 4);
  const b = filled(4, 10, 2).hi(4, 5);
  const out = filled(4, 5, 3).hi(2, 5);
  const bias = filled(2, 5, 4).pick(0, null);
  const bytes = arena.allocate("uint8", [6, 4]).hi(2, 4);
  for (let i = 0; i < bytes.data.length; i++) bytes.data[i] = i % 3 === 0 ? 0 : 40 * i;
  return { arena, a, b, out, bias, bytes };
}

/** Known products, told twice of whatever is to be remembered: so often it takes. */
function atOnce(work: Workspace): Pick<ShortProducts, "repeat" | "remember"> {
  const products = new ShortProducts(work);
  return {
    repeat: (...given) => products.repeat(...given),
    remember(...given) {
      products.remember(...given);
      products.remember(...given);
    },
  };
}

test("what is asked for once, such as of views that are new every time, is not remembered", () => {
  const { arena, a, b, out } = operands();
  const products = new ShortProducts(openWorkspace(arena, "relaxed"));
  products.remember(a, b, out);
  expect(products.repeat(a, b, out)).toBe(false);
  products.remember(a, b, out);
  expect(products.repeat(a, b, out)).toBe(true);
});

test("what only JavaScript can ask for means the same every time", () => {
  const { arena, a, b, out } = operands();
  const kernels = createKernels({ backend: "wasm", arena });
  const options = JSON.parse('{"accumulate": 1}') as MatmulOptions;
  const sums = Array.from({ length: 4 }, () => kernels.matmul(a, b, out, options).get(1, 1));
  expect(new Set(sums)).toEqual(new Set([kernels.matmul(a, b).get(1, 1)]));
});

describe("what is known", () => {
  const { arena, a, b, out, bias, bytes } = operands();
  const products = atOnce(openWorkspace(arena, "relaxed"));

  test("is computed when it is asked for again, wherever its views have been moved along their arrays", () => {
    const ways: [Tensor | typeof bytes, MatmulOptions | undefined][] = [
      [a, undefined],
      [a, { accumulate: true }],
      [a, { bias, relu: true }],
      [a, { sparse: true }],
      [a, { accumulate: true, alpha: -0.5 }],
      [bytes, { sparse: true, byteScale: 1 / 255 }],
      [bytes, { sparse: true, accumulate: true, alpha: 2 }],
    ];
    for (const [left, options] of ways) {
      expect(products.repeat(left, b, out, options)).toBe(false);
      products.remember(left, b, out, options);
      expect(products.repeat(left, b, out, options)).toBe(true);
      left.offset += 4;
      expect(products.repeat(left, b, out, { ...options })).toBe(true);
      left.offset -= 4;
    }
    for (const [left, options] of ways) expect(products.repeat(left, b, out, options)).toBe(true);
  });

  test("is not what is long, or partly outside the arena, or has more after a scaled product", () => {
    const wide = arena.allocate("float32", [4, 20_000]);
    const result = arena.allocate("float32", [2, 20_000]);
    products.remember(a, wide, result);
    expect(products.repeat(a, wide, result)).toBe(false);
    const outside = ndarray(new Float32Array(8), [2, 4]);
    products.remember(outside, b, out);
    expect(products.repeat(outside, b, out)).toBe(false);
    const options = { accumulate: true, alpha: 3, relu: true };
    products.remember(a, b, out, options);
    expect(products.repeat(a, b, out, options)).toBe(false);
  });

  test("is not what is asked for with an alpha that would be refused", () => {
    products.remember(a, b, out, { accumulate: true, alpha: 1 });
    expect(products.repeat(a, b, out, { accumulate: true, alpha: -1e30 })).toBe(true);
    for (const alpha of [Number.NaN, 1e39, Number.NEGATIVE_INFINITY]) {
      expect(products.repeat(a, b, out, { accumulate: true, alpha })).toBe(false);
    }
  });

  test("is found behind what its views were before", () => {
    const [left, result] = [
      arena.allocate("float32", [3, 4]).hi(3, 4),
      arena.allocate("float32", [3, 5]).hi(3, 5),
    ];
    products.remember(left, b, result);
    left.shape[0] = 2;
    result.shape[0] = 2;
    expect(products.repeat(left, b, result)).toBe(false);
    products.remember(left, b, result);
    expect(products.repeat(left, b, result)).toBe(true);
  });

  test("is forgotten when there are too many, the oldest first", () => {
    const results = Array.from({ length: 17 }, () => arena.allocate("float32", [2, 5]));
    for (const result of results) products.remember(a, b, result);
    expect(results.map((result) => products.repeat(a, b, result))).toEqual(results.map((_, i) => i > 0));
  });
});

/** Something that a caller may do to a view or to the options between two products. */
const change = fc.record({
  what: fc.constantFrom(
    "a",
    "b",
    "out",
    "bias",
    "bytes",
    "accumulate",
    "alpha",
    "relu",
    "sparse",
    "byteScale",
    "given",
  ),
  part: fc.constantFrom("offset", "rows", "columns", "near", "far", "data"),
  to: fc.constantFrom(0, 1, 2, 4, 5, 8, 12, 20, -1, 0.5, Number.NaN, 1e39),
});

test.each(["wasm", "wasm-relaxed"] as const)(
  "%s gives what it gives for new views of the same, again and again",
  (backend) => {
    let computed = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const { arena, ...views } = operands();
        const kernels = createKernels({ backend, arena });
        const options: Changing<MatmulOptions> = {};
        let left: "a" | "bytes" = "a";
        const product = (again: boolean): string => {
          const fresh = (t: Tensor): Tensor => {
            const copy = ndarray(t.data, [...t.shape], [...t.stride]) as Tensor;
            copy.offset = t.offset;
            return copy;
          };
          const as = (t: Tensor): Tensor => (again ? t : fresh(t));
          const given =
            options.bias === undefined || again ? options : { ...options, bias: fresh(options.bias) };
          try {
            kernels.matmul(as(views[left] as Tensor), as(views.b), as(views.out), given);
            computed += 1;
            return "";
          } catch (error) {
            return String(error);
          }
        };
        for (const { what, part, to } of changes) {
          if (what === "given") left = left === "a" ? "bytes" : "a";
          else if (what === "bias" && part === "rows") {
            if (options.bias) delete options.bias;
            else options.bias = views.bias;
          } else if (what === "accumulate" || what === "relu" || what === "sparse") options[what] = to > 0;
          else if (what === "alpha" || what === "byteScale") {
            if (to === 0) delete options[what];
            else options[what] = to;
          } else apply(views[what] as Tensor, part, to);
          const before = views.out.data.slice();
          const newly = product(false);
          const expected = views.out.data.slice();
          for (let round = 0; round < 2; round++) {
            views.out.data.set(before);
            expect(product(true)).toBe(newly);
            expect(new Uint32Array(views.out.data.slice().buffer)).toEqual(new Uint32Array(expected.buffer));
          }
        }
      }),
      { numRuns: 400, seed: 5 },
    );
    expect(computed).toBeGreaterThan(1000);
  },
);

function apply(t: Tensor, part: string, to: number): void {
  if (part === "offset") t.offset = to;
  else if (part === "rows") t.shape[0] = to;
  else if (part === "columns") t.shape[t.shape.length - 1] = to;
  else if (part === "near") t.stride[t.stride.length - 1] = to;
  else if (part === "far") t.stride[0] = to;
  else if (part === "axes") {
    t.shape.pop();
    t.stride.pop();
  } else t.data = t.data.slice() as Tensor["data"];
}
