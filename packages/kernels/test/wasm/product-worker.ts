// The other thread of worker.test.ts: attaches to the shared memory and writes its rows of the product in place.
import { parentPort, workerData } from "node:worker_threads";
import ndarray from "ndarray";
import { Arena, type Region } from "../../src/memory.ts";
import type { Tensor } from "../../src/tensor.ts";
import { wasmBackend } from "../../src/wasm/index.ts";

/** What the main thread sends: the memory, a region for scratch, and where the three matrices lie in it. */
export interface Task {
  readonly memory: WebAssemblyMemory;
  readonly scratch: Region;
  readonly matrices: readonly { byteOffset: number; shape: [number, number] }[];
  readonly rows: readonly [from: number, to: number];
}
type WebAssemblyMemory = ConstructorParameters<typeof Arena>[0];

const { memory, scratch, matrices, rows }: Task = workerData;
const backend = wasmBackend(new Arena(memory, scratch));
const [a, b, c] = matrices.map(({ byteOffset, shape }): Tensor => {
  const data = new Float32Array(memory.buffer as ArrayBuffer, byteOffset, shape[0] * shape[1]);
  return ndarray(data, shape);
});
const [from, to] = rows;
const slice = (t: Tensor): Tensor => t.lo(from, 0).hi(to - from, t.shape[1]);
backend.matmul(slice(a), b, slice(c), false);
parentPort?.postMessage(backend.memory);
