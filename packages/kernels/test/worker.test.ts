// From source to bytes to a worker thread on shared memory: two threads write one product in place.
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { Arena } from "../src/memory.ts";
import { matmul } from "../src/reference/matmul.ts";
import type { Tensor } from "../src/tensor.ts";
import { wasmBackend } from "../src/wasm/index.ts";
import { SCRATCH_BYTES } from "../src/wasm/workspace.ts";
import { firstDifference, numbers, twin } from "./wasm/material.ts";
import type { Task } from "./wasm/product-worker.ts";

function startWorker(task: Task): Promise<unknown> {
  const worker = new Worker(new URL("./wasm/product-worker.ts", import.meta.url), { workerData: task });
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

test("workers attached to the shared arena write their rows in place, with the bits of the reference", async () => {
  const arena = Arena.create({ byteLength: 16 * 1024 * 1024, shared: true });
  const [m, k, n] = [57, 300, 50];
  const next = numbers(77);
  const shapes: [number, number][] = [
    [m, k],
    [k, n],
    [m, n],
  ];
  const matrices = shapes.map((shape) => arena.allocate("float32", shape));
  for (const t of matrices) for (let i = 0; i < t.data.length; i++) t.data[i] = next();
  const [a, b, c]: Tensor[] = matrices;
  const expected = twin(c);
  matmul(a, b, expected, false);

  const places = matrices.map((t, i) => ({ byteOffset: t.data.byteOffset, shape: shapes[i] }));
  const memory = await Promise.all(
    [
      [0, 20],
      [20, 41],
    ].map(([from, to]) =>
      startWorker({
        memory: arena.memory,
        scratch: arena.reserve(SCRATCH_BYTES),
        matrices: places,
        rows: [from, to],
      }),
    ),
  );
  expect(memory).toEqual(["webassembly (shared)", "webassembly (shared)"]);
  const backend = wasmBackend(arena);
  backend.matmul(a.lo(41, 0), b, c.lo(41, 0), false);
  expect(firstDifference(c.data, expected.data)).toBe(-1);
});
