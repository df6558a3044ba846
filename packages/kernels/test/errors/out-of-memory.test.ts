// Memory that cannot be had: a typed error that names what was asked for, whoever refuses, and nothing half done.
import ndarray from "ndarray";
import { afterEach, describe, expect, test } from "vitest";
import {
  Arena,
  type BackendName,
  createKernels,
  OutOfMemoryError,
  tensor,
  UnsupportedError,
} from "../../src/index.ts";
import { SCRATCH_BYTES } from "../../src/wasm/workspace.ts";

const BACKENDS: readonly BackendName[] = ["reference", "wasm", "wasm-relaxed"];
const engine: unknown = Reflect.get(globalThis, "WebAssembly");
const sharedBuffer: unknown = Reflect.get(globalThis, "SharedArrayBuffer");

afterEach(() => {
  Reflect.set(globalThis, "WebAssembly", engine);
  Reflect.set(globalThis, "SharedArrayBuffer", sharedBuffer);
});

/** Elements that take no memory, since every stride is 0, but more bytes than any process has addresses. */
const [ROWS, COLUMNS] = [2 ** 20, 2 ** 30];
const vast = ndarray(new Float32Array(1), [ROWS, COLUMNS], [0, 0]);
const ELEMENTS = ROWS * COLUMNS;

describe.each(BACKENDS)("on %s", (backend) => {
  const kernels = createKernels({ backend });

  test("a result that no engine holds is refused with its length and bytes", () => {
    const column = ndarray(new Float32Array(1), [ROWS, 1], [0, 0]);
    const row = ndarray(new Float32Array(1), [1, COLUMNS], [0, 0]);
    const calls = [
      () => kernels.matmul(column, row),
      () => kernels.relu(vast),
      () => kernels.softmax(vast),
      () => kernels.softmaxCrossEntropy(vast, ndarray(new Int32Array(1), [ROWS], [0])),
    ];
    for (const call of calls) {
      expect(call).toThrow(OutOfMemoryError);
      expect(call).toThrow(new RegExp(`array of ${ELEMENTS} numbers of float32 \\(${4 * ELEMENTS} bytes\\)`));
    }
  });

  test("zeros beyond the arena name the bytes asked, the bytes left and the cure, and take nothing", () => {
    const arena = Arena.create({ byteLength: SCRATCH_BYTES + 65536 });
    const small = createKernels({ backend, arena });
    const left = arena.remaining;
    for (let i = 0; i < 2; i++) {
      const ask = () => small.zeros([1000, 1000], "float64");
      expect(ask).toThrow(OutOfMemoryError);
      expect(ask).toThrow(new RegExp(`asked for 8000000 bytes and has ${left} of .*Arena\\.create`, "s"));
    }
    expect([...small.zeros([2]).data]).toEqual([0, 0]);
    expect(arena.remaining).toBe(left - 64);
  });

  test("a full arena stops no call on arrays that exist already", () => {
    const arena = Arena.create({ byteLength: SCRATCH_BYTES + 65536 });
    const small = createKernels({ backend, arena });
    arena.reserve(arena.remaining);
    const [a, b] = [tensor([[1, 2, 3]]), tensor([[1], [10], [100]])];
    expect([...small.matmul(a, b).data]).toEqual([321]);
    expect([...small.softmax(tensor([0, 0])).data]).toEqual([0.5, 0.5]);
  });
});

test("zeros in JavaScript's memory are refused by their length too, whether the engine calls it too long or too much", () => {
  const { zeros } = createKernels({ backend: "reference" });
  expect(() => zeros([ROWS, 2 ** 28], "float64")).toThrow(
    /281474976710656 numbers of float64 \(2251799813685248 bytes\)/,
  );
  expect(() => zeros([2 ** 27, 2 ** 27])).toThrow(OutOfMemoryError);
});

test("an engine that gives no memory for an arena is quoted as the cause", () => {
  const refusal = new RangeError("could not allocate memory");
  class Memory {
    constructor() {
      throw refusal;
    }
  }
  Reflect.set(globalThis, "WebAssembly", { Memory });
  const ask = () => Arena.create({ byteLength: 123_456_789 });
  expect(ask).toThrow(OutOfMemoryError);
  expect(ask).toThrow(
    expect.objectContaining({ cause: refusal, message: expect.stringContaining("123456789 bytes") }),
  );
});

test("an arena smaller than a wasm backend's scratch memory is refused with both sizes", () => {
  for (const backend of ["wasm", "wasm-relaxed"] as const) {
    const ask = () => createKernels({ backend, arena: Arena.create({ byteLength: 65536 }) });
    expect(ask).toThrow(OutOfMemoryError);
    expect(ask).toThrow(new RegExp(`asked for ${SCRATCH_BYTES} bytes and has 65472 of 65536 left`));
  }
});

test("without SharedArrayBuffer a shared arena is refused with the headers that bring it back", () => {
  Reflect.deleteProperty(globalThis, "SharedArrayBuffer");
  expect(() => Arena.create({ byteLength: 65536, shared: true })).toThrow(UnsupportedError);
  expect(() => Arena.create({ byteLength: 65536, shared: true })).toThrow(/Cross-Origin-Opener-Policy/);
  expect(Arena.create({ byteLength: 65536 }).shared).toBe(false);
});
