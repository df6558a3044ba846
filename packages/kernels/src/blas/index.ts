// The blas backend: products of matrices by the machine's own BLAS, everything else in WebAssembly on the same memory.
import type { Backend } from "../backend.ts";
import { Arena } from "../memory.ts";
import { backendIn, DEFAULT_BYTES } from "../wasm/index.ts";
import { fastest } from "../wasm/module.ts";
import { openWorkspace } from "../wasm/workspace.ts";
import { openBlas } from "./library.ts";
import { matmul, type Native } from "./matmul.ts";

/**
 * A backend that works in `arena`, as `wasm-relaxed` or `wasm` does, but for `matmul` of matrices. The library is opened
 * and tested at the first call in each thread.
 * @throws UnsupportedError without koffi, or without a BLAS that passes its test: both say what to install.
 * @throws OutOfMemoryError as wasmBackend.
 */
export function blasBackend(arena: Arena = Arena.create({ byteLength: DEFAULT_BYTES })): Backend {
  const { facts, float32, float64, addressOf } = openBlas();
  const work = openWorkspace(arena, fastest());
  const wasm = backendIn(work, arena, fastest());
  const { buffer } = arena.memory;
  const native: Native = { float32, float64, buffer, address: addressOf(buffer), work };
  return {
    ...wasm,
    name: "blas",
    operations: {
      ...wasm.operations,
      matmul: `${facts.name}; ${wasm.operations.matmul} for sparse operands (of wide bytes a part), and strides that BLAS cannot take`,
    },
    library: facts,
    knownProducts: undefined,
    matmul: (a, b, out, accumulate, options) => matmul(native, wasm, a, b, out, accumulate, options),
  };
}
