// Several threads call one BLAS at once on one shared memory: right numbers, one library thread each, and, for the same
// cuts, the same bits whoever computes them.
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import type { Explanation } from "../../src/kernels.ts";
import { Arena } from "../../src/memory.ts";
import { createKernels } from "../../src/select.ts";
import type { Tensor } from "../../src/tensor.ts";
import { SCRATCH_BYTES } from "../../src/wasm/workspace.ts";
import { expectProduct, native } from "../conformance/rounding.ts";
import { expectSameBits, seededNumbers, valuesOf } from "../conformance/values.ts";
import { tellIfSkipped, unavailable } from "./available.ts";
import type { Share } from "./share-worker.ts";

tellIfSkipped("several threads on the backend blas");

function start(share: Share): Promise<Explanation> {
  const worker = new Worker(new URL("./share-worker.ts", import.meta.url), { workerData: share });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

describe.skipIf(unavailable !== undefined)("with a BLAS", () => {
  test("fixed cuts have the same bits on 1, 2 and 3 threads, each of which uses one of the library's", async () => {
    const [m, k, n] = [101, 784, 50];
    const cuts = [0, 13, 26, 38, 51, 64, 76, 89, 101];
    const parts = cuts.slice(1).map((to, i) => [cuts[i], to] as const);
    const arena = Arena.create({ byteLength: 32 * 1024 * 1024, shared: true });
    const shapes: [number, number][] = [
      [m, k],
      [k, n],
      [m, n],
    ];
    const tensors: Tensor[] = shapes.map((shape) => arena.allocate("float32", shape));
    const [a, b] = [seededNumbers(m * k, 1), seededNumbers(k * n, 2)];
    tensors[0].data.set(a);
    tensors[1].data.set(b);
    const matrices = tensors.map((t, i) => ({ byteOffset: t.data.byteOffset, shape: shapes[i] }));

    const results: number[][] = [];
    for (const threads of [1, 2, 3]) {
      tensors[2].data.fill(Number.NaN);
      const explained = await Promise.all(
        Array.from({ length: threads }, (_, rank) =>
          start({
            memory: arena.memory,
            scratch: arena.reserve(SCRATCH_BYTES),
            matrices,
            parts: parts.filter((_part, i) => i % threads === rank),
            times: 50,
          }),
        ),
      );
      for (const { backend, memory, library } of explained) {
        expect([backend, memory]).toEqual(["blas", "webassembly (shared)"]);
        expect([1, undefined]).toContain(library?.threads);
      }
      results.push(valuesOf(tensors[2]));
    }
    for (const result of results) expectSameBits(tensors[2], result);
    const rounding = native(createKernels({ backend: "reference" }));
    expectProduct(rounding, tensors[2], a, b, [m, k, n], "float32");
  });
});
