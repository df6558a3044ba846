// A call that is known is computed at once, and never one that has changed: with the bits, or the error, of a new one.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import type { KnownCalls } from "../../src/backend.ts";
import { Arena } from "../../src/memory.ts";
import { createKernels } from "../../src/select.ts";
import type { IntegerTensor, Tensor } from "../../src/tensor.ts";
import { knownCalls } from "../../src/wasm/known-calls.ts";
import { openWorkspace } from "../../src/wasm/workspace.ts";
import { seededNumbers } from "../conformance/values.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const ROWS = 3;
const COLUMNS = 5;

function operands(dtype: "float32" | "float64" = "float32") {
  const arena = Arena.create({ byteLength: 4 * 2 ** 20 });
  const filled = (shape: number[], seed: number): Tensor => {
    // Room for views that are moved or lengthened.
    const whole = arena.allocate(dtype, [4 * ROWS * COLUMNS]);
    whole.data.set(seededNumbers(4 * ROWS * COLUMNS, seed));
    return ndarray(whole.data, shape) as Tensor;
  };
  const t = arena.allocate("int32", [4 * ROWS]);
  for (let i = 0; i < t.data.length; i++) t.data[i] = (2 * i) % COLUMNS;
  return {
    arena,
    x: filled([ROWS, COLUMNS], 1),
    y: filled([ROWS, COLUMNS], 2),
    out: filled([ROWS, COLUMNS], 3),
    row: filled([COLUMNS], 4),
    losses: filled([ROWS], 5),
    t: ndarray(t.data, [ROWS]) as IntegerTensor,
  };
}

/** The same, asked twice for whatever is to be remembered: so often it takes. */
function atOnce(calls: KnownCalls): KnownCalls {
  const twice =
    <A extends unknown[]>(remember: (...given: A) => void) =>
    (...given: A): void => {
      remember(...given);
      remember(...given);
    };
  return {
    ...calls,
    rememberSumRows: twice(calls.rememberSumRows),
    rememberAxpy: twice(calls.rememberAxpy),
    rememberElementwiseBackward: twice(calls.rememberElementwiseBackward),
    rememberSoftmaxCrossEntropy: twice(calls.rememberSoftmaxCrossEntropy),
  };
}

test("what is asked for once, such as of views that are new every time, is not remembered", () => {
  const { arena, x, y, out, row, losses, t } = operands();
  const calls = knownCalls(openWorkspace(arena, "relaxed"));
  calls.rememberSumRows(x, row);
  calls.rememberAxpy(x, y);
  calls.rememberElementwiseBackward("reluBackward", x, y, out);
  calls.rememberSoftmaxCrossEntropy(x, t, y, losses, out);
  expect(calls.sumRows(x, row)).toBe(false);
  expect(calls.axpy(1, x, y)).toBe(false);
  expect(calls.elementwiseBackward("reluBackward", x, y, out)).toBe(false);
  expect(calls.softmaxCrossEntropy(x, t, y, losses, out, 1)).toBe(false);
});

describe.each(["float32", "float64"] as const)("what is known of %s", (dtype) => {
  const { arena, x, y, out, row, losses, t } = operands(dtype);
  const calls = atOnce(knownCalls(openWorkspace(arena, "relaxed")));

  test("is computed when it is asked for again", () => {
    expect(calls.sumRows(x, row)).toBe(false);
    calls.rememberSumRows(x, row);
    expect(calls.sumRows(x, row)).toBe(true);

    expect(calls.axpy(2, x, y)).toBe(false);
    calls.rememberAxpy(x, y);
    expect(calls.axpy(2, x, y)).toBe(true);
    expect(calls.axpy(-3, x, y)).toBe(true);

    for (const op of ["reluBackward", "sigmoidBackward"] as const) {
      expect(calls.elementwiseBackward(op, x, y, out)).toBe(false);
      calls.rememberElementwiseBackward(op, x, y, out);
      expect(calls.elementwiseBackward(op, x, y, out)).toBe(true);
      expect(calls.elementwiseBackward(op, y, x, out)).toBe(false);
      expect(calls.elementwiseBackward(op, x, y, y)).toBe(false);
    }

    for (const dx of [undefined, out]) {
      expect(calls.softmaxCrossEntropy(x, t, y, losses, dx, 1)).toBe(false);
      calls.rememberSoftmaxCrossEntropy(x, t, y, losses, dx);
      expect(calls.softmaxCrossEntropy(x, t, y, losses, dx, 1)).toBe(true);
      expect(calls.softmaxCrossEntropy(x, t, x, losses, dx, 1)).toBe(false);
      expect(calls.softmaxCrossEntropy(x, t, y, row, dx, 1)).toBe(false);
    }
  });

  test("is not what is asked for with a number or a class that would be refused", () => {
    calls.rememberAxpy(x, y);
    calls.rememberSoftmaxCrossEntropy(x, t, y, losses, out);
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(calls.axpy(number, x, y)).toBe(false);
      expect(calls.softmaxCrossEntropy(x, t, y, losses, out, number)).toBe(false);
    }
    expect(calls.axpy(1e39, x, y)).toBe(dtype === "float64");
    for (const wrong of [COLUMNS, -1]) {
      const right = t.data[2];
      t.data[2] = wrong;
      expect(calls.softmaxCrossEntropy(x, t, y, losses, out, 1)).toBe(false);
      t.data[2] = right;
      expect(calls.softmaxCrossEntropy(x, t, y, losses, out, 1)).toBe(true);
    }
  });

  test("is not what lies outside the arena, has gaps in its rows, or is soft labels", () => {
    const outside = ndarray(x.data.slice(), [ROWS, COLUMNS]) as Tensor;
    const apart = ndarray(x.data, [ROWS, COLUMNS], [1, ROWS]) as Tensor;
    for (const other of [outside, apart]) {
      calls.rememberSumRows(other, row);
      expect(calls.sumRows(other, row)).toBe(false);
      calls.rememberAxpy(other, y);
      expect(calls.axpy(1, other, y)).toBe(false);
      calls.rememberElementwiseBackward("reluBackward", x, other, out);
      expect(calls.elementwiseBackward("reluBackward", x, other, out)).toBe(false);
      calls.rememberSoftmaxCrossEntropy(x, t, y, losses, other);
      expect(calls.softmaxCrossEntropy(x, t, y, losses, other, 1)).toBe(false);
    }
    const bytes = ndarray(Uint8Array.from(t.data), [ROWS]) as IntegerTensor;
    calls.rememberSoftmaxCrossEntropy(x, bytes, y, losses, out);
    expect(calls.softmaxCrossEntropy(x, bytes, y, losses, out, 1)).toBe(false);
    calls.rememberSoftmaxCrossEntropy(x, out, y, losses, undefined);
    expect(calls.softmaxCrossEntropy(x, out, y, losses, undefined, 1)).toBe(false);
  });

  test("is forgotten when there are too many, the oldest first", () => {
    const rows = Array.from({ length: 17 }, () => arena.allocate(dtype, [COLUMNS]) as Tensor);
    for (const one of rows) calls.rememberSumRows(x, one);
    expect(rows.map((one) => calls.sumRows(x, one))).toEqual(rows.map((_, i) => i > 0));
  });
});

test("a scale without a gradient is refused, also behind a loss that is known", () => {
  const { arena, x, y, losses, t } = operands();
  const kernels = createKernels({ backend: "wasm", arena });
  for (let i = 0; i < 3; i++) kernels.softmaxCrossEntropy(x, t, { y, losses });
  expect(() => kernels.softmaxCrossEntropy(x, t, { y, losses, scale: 2 })).toThrow("no dx was given");
});

test("arrays outside the arena are not held", async () => {
  const kernels = createKernels({ backend: "wasm", arena: Arena.create({ byteLength: 4 * 2 ** 20 }) });
  const held: WeakRef<Float32Array>[] = [];
  const use = (): void => {
    const [x, y, out] = Array.from({ length: 3 }, () => new Float32Array(1000));
    const views = [x, y, out].map((data) => ndarray(data, [10, 100]) as Tensor);
    kernels.axpy(1, views[0], views[1]);
    kernels.reluBackward(views[0], views[1], views[2]);
    kernels.matmul(views[0].hi(10, 10), views[1].hi(10, 10), views[2].hi(10, 10));
    kernels.sumRows(views[0], ndarray(new Float32Array(100), [100]) as Tensor);
    kernels.softmaxCrossEntropy(views[0], ndarray(new Int32Array(10), [10]), { y: views[1], dx: views[2] });
    held.push(...[x, y, out].map((data) => new WeakRef(data)));
  };
  for (let i = 0; i < 3; i++) use();
  await new Promise((resolve) => setTimeout(resolve)); // a weak reference holds until the end of its turn
  collect();
  expect(held.filter((reference) => reference.deref() !== undefined)).toEqual([]);
});

const OPERATIONS = [
  "sumRows",
  "axpy",
  "reluBackward",
  "sigmoidBackward",
  "softmaxCrossEntropy",
  "loss alone",
] as const;

/** Something that a caller may do to a view or a number between two calls. */
const change = fc.record({
  what: fc.constantFrom("x", "y", "out", "row", "losses", "t", "number", "class", "nothing"),
  part: fc.constantFrom("offset", "rows", "columns", "near", "far", "data", "fewer axes", "more axes"),
  to: fc.constantFrom(0, 1, 2, 3, 5, 10, 15, -1, 0.5, Number.NaN, 1e39),
});

describe.each(["wasm", "wasm-relaxed"] as const)("%s", (backend) => {
  test.each(OPERATIONS)("%s gives what it gives for new views of the same, again and again", (op) => {
    let computed = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 10 }), (changes) => {
        const { arena, ...views } = operands();
        const kernels = createKernels({ backend, arena });
        let number = 0.5;
        const call = (as: <T extends Tensor | IntegerTensor>(t: T) => T): string => {
          const [x, y, out] = [as(views.x), as(views.y), as(views.out)];
          try {
            if (op === "sumRows") kernels.sumRows(x, as(views.row));
            else if (op === "axpy") kernels.axpy(number, x, y);
            else if (op === "softmaxCrossEntropy") {
              const outputs = { y, losses: as(views.losses), dx: out, scale: number };
              kernels.softmaxCrossEntropy(x, as(views.t), outputs);
            } else if (op === "loss alone") {
              kernels.softmaxCrossEntropy(x, as(views.t), { y, losses: as(views.losses) });
            } else kernels[op](x, y, out);
            computed += 1;
            return "";
          } catch (error) {
            refused += 1;
            return String(error);
          }
        };
        const everything = () =>
          Object.values(views).map(({ data }) => ({ data, bytes: new Uint8Array(data.slice().buffer) }));
        for (const { what, part, to } of [{ what: "nothing", part: "offset", to: 0 } as const, ...changes]) {
          if (what === "number") number = to;
          else if (what === "class") views.t.data[1] = Math.trunc(to);
          else if (what !== "nothing") apply(views[what], part, to);
          const before = everything();
          const newly = call(copied);
          const expected = everything();
          for (let round = 0; round < 3; round++) {
            for (const { data, bytes } of before) {
              new Uint8Array(data.buffer, data.byteOffset, data.byteLength).set(bytes);
            }
            expect(call((t) => t)).toBe(newly);
            expect(hexOf(everything())).toBe(hexOf(expected));
          }
        }
      }),
      { numRuns: 150, seed: 7 },
    );
    expect(computed).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(100);
  });
});

/** Strings are compared sooner than arrays of bytes. */
function hexOf(arrays: readonly { readonly bytes: Uint8Array }[]): string {
  return arrays.map(({ bytes }) => Buffer.from(bytes).toString("hex")).join("\n");
}

/** Another view of the same elements, which nobody has seen. */
function copied<T extends Tensor | IntegerTensor>(t: T): T {
  const copy = ndarray(t.data, [...t.shape], [...t.stride]) as T;
  copy.offset = t.offset;
  return copy;
}

function apply(t: Tensor | IntegerTensor, part: string, to: number): void {
  if (part === "offset") t.offset = to;
  else if (part === "rows") t.shape[0] = to;
  else if (part === "columns") t.shape[t.shape.length - 1] = to;
  else if (part === "near") t.stride[t.stride.length - 1] = to;
  else if (part === "far") t.stride[0] = to;
  else if (part === "fewer axes" && t.shape.length > 1) {
    t.shape.pop();
    t.stride.pop();
  } else if (part === "more axes") {
    t.shape.push(1);
    t.stride.push(1);
  } else if (part === "data") t.data = t.data.slice() as typeof t.data;
}
