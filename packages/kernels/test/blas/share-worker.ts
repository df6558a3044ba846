// The other threads of workers.test.ts: each attaches to the shared memory, opens the library for itself, and writes its
// parts of the product in place, many times over.
import { parentPort, workerData } from "node:worker_threads";
import ndarray from "ndarray";
import { Arena, type Region } from "../../src/memory.ts";
import { createKernels } from "../../src/select.ts";
import type { Tensor } from "../../src/tensor.ts";

/** What the main thread sends: the memory, a region for scratch, where the matrices lie in it, and which rows to do. */
export interface Share {
  readonly memory: ConstructorParameters<typeof Arena>[0];
  readonly scratch: Region;
  readonly matrices: readonly { byteOffset: number; shape: [number, number] }[];
  readonly parts: readonly (readonly [from: number, to: number])[];
  readonly times: number;
}

const { memory, scratch, matrices, parts, times }: Share = workerData;
const kernels = createKernels({ backend: "blas", arena: new Arena(memory, scratch) });
const [a, b, c] = matrices.map(({ byteOffset, shape }): Tensor => {
  const data = new Float32Array(memory.buffer as ArrayBuffer, byteOffset, shape[0] * shape[1]);
  return ndarray(data, shape);
});
const rows = (t: Tensor, from: number, to: number): Tensor => t.lo(from, 0).hi(to - from, t.shape[1]);
for (let turn = 0; turn < times; turn++) {
  for (const [from, to] of parts) kernels.matmul(rows(a, from, to), b, rows(c, from, to));
}
parentPort?.postMessage(kernels.explain());
