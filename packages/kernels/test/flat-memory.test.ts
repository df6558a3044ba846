// Thousands of calls of changing shapes leave nothing behind: not in the arena, not on the heap, not in buffers outside it.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import ndarray from "ndarray";
import { describe, expect, test } from "vitest";
import { Arena } from "../src/memory.ts";
import { createKernels } from "../src/select.ts";
import type { Dtype, FloatArray, Tensor } from "../src/tensor.ts";
import { DTYPES, newFloats } from "./conformance/values.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Each round calls five operations on shapes that no round before had. */
const ROUNDS = 1400;
/** What is kept grows in every batch of rounds; what the engine compiles and caches for itself, not in all of them. */
const BATCHES = 8;
/** A round that kept 40 bytes would be seen: less than an object with two fields. */
const MOST = 40 * ROUNDS;
const LARGEST = 17;

interface Use {
  readonly heap: number;
  readonly buffers: number;
}

function used(): Use {
  // Twice: what a first collection finds unreachable may hold buffers that only a second one frees.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers };
}

/** The shape of the i-th round: 17³ = 4,913 of them, more than there are rounds. */
function sizes(i: number): readonly [m: number, k: number, n: number] {
  const digit = (place: number) => 1 + (Math.floor((i * 1009) / LARGEST ** place) % LARGEST);
  return [digit(0), digit(1), digit(2)];
}

describe.each(["reference", "wasm", "wasm-relaxed"] as const)("on %s", (backend) => {
  // The plain loops are slow, and have one way for both types.
  describe.each(backend === "reference" ? DTYPES.slice(0, 1) : DTYPES)("in %s", (dtype: Dtype) => {
    const arena = Arena.create({ byteLength: 16 * 1024 * 1024 });
    const kernels = createKernels({ backend, arena });
    const inside = [0, 1, 2].map(() => kernels.zeros([LARGEST * LARGEST], dtype).data);
    const outside = [0, 1, 2].map(() => newFloats(LARGEST * LARGEST, dtype));
    const labels = new Int32Array(LARGEST);

    /** A product, a softmax, a loss and two small operations on arrays of one memory, whole or as views. */
    function call(i: number, memory: readonly FloatArray[]): void {
      const [m, k, n] = sizes(i);
      const view = (at: number, rows: number, columns: number): Tensor => {
        const t = ndarray(memory[at], [rows, columns]);
        return i % 3 === 0 ? ndarray(memory[at], [columns, rows]).transpose(1, 0) : t;
      };
      const [a, b, c] = [view(0, m, k), view(1, k, n), view(2, m, n)];
      if (i % 5 === 0) kernels.matmul(a, b);
      else kernels.matmul(a, b, c);
      kernels.softmax(a, view(2, m, k));
      kernels.softmaxCrossEntropy(c, ndarray(labels.subarray(0, m)));
      kernels.relu(b, b);
      kernels.axpy(0, a, view(2, m, k));
    }

    test.each([
      ["the arena", inside],
      ["JavaScript's memory", outside],
    ])("arrays in %s", (_, memory) => {
      let round = 0;
      const batch = () => {
        const before = used();
        for (let i = 0; i < ROUNDS; i++) call(round++, memory);
        const after = used();
        return { heap: after.heap - before.heap, buffers: after.buffers - before.buffers };
      };
      const { remaining } = arena;
      const least = { heap: Number.POSITIVE_INFINITY, buffers: Number.POSITIVE_INFINITY };
      for (let i = 0; i < BATCHES && Math.max(least.heap, least.buffers) >= MOST; i++) {
        const { heap, buffers } = batch();
        least.heap = Math.min(least.heap, heap);
        least.buffers = Math.min(least.buffers, buffers);
      }
      expect(arena.remaining).toBe(remaining);
      expect(least.heap).toBeLessThan(MOST);
      expect(least.buffers).toBeLessThan(MOST);
    });
  });
});
