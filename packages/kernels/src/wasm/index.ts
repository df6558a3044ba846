// The wasm backend: matmul and softmax in WebAssembly SIMD, the other operations in the reference's plain loops.
import type { Backend } from "../backend.ts";
import { Arena } from "../memory.ts";
import { referenceBackend } from "../reference/index.ts";
import { logSoftmax } from "../reference/log-softmax.ts";
import { softmax } from "../reference/softmax.ts";
import type { ArrayOf, Dtype, Tensor } from "../tensor.ts";
import { matmul } from "./matmul.ts";
import { overRows } from "./rows.ts";
import { openWorkspace } from "./workspace.ts";

/** Address space of the memory made when none is given. Pages are committed as they are written: 1 ms, a few MiB. */
const DEFAULT_BYTES = 256 * 1024 * 1024;

const SIMD = "wasm/simd128";

/**
 * A backend that works in `arena`: arrays that live in its memory are used in place, any others go through it in
 * blocks. The results have the bits of the reference.
 * @throws UnsupportedError where WebAssembly SIMD is missing.
 * @throws OutOfMemoryError if the arena has not SCRATCH_BYTES left for the backend's own use.
 */
export function wasmBackend(arena: Arena = Arena.create({ byteLength: DEFAULT_BYTES })): Backend {
  const work = openWorkspace(arena);
  const { exports } = work;
  const reference = referenceBackend();
  return {
    ...reference,
    name: "wasm",
    operations: { ...reference.operations, matmul: SIMD, softmax: SIMD, logSoftmax: SIMD },
    memory: arena.shared ? "webassembly (shared)" : "webassembly",
    zeros<D extends Dtype>(shape: readonly number[], dtype: D): Tensor<ArrayOf<D>> {
      const t = arena.allocate(dtype, shape);
      // The region may have been used before.
      t.data.fill(0);
      return t as Tensor<ArrayOf<D>>;
    },
    matmul: (a, b, out, accumulate) => matmul(work, a, b, out, accumulate),
    softmax(x, out) {
      const kernel = x.data instanceof Float32Array ? exports.softmax_f32 : exports.softmax_f64;
      overRows(work, kernel, x, out, softmax);
    },
    logSoftmax(x, out) {
      const kernel = x.data instanceof Float32Array ? exports.log_softmax_f32 : exports.log_softmax_f64;
      overRows(work, kernel, x, out, logSoftmax);
    },
  };
}
