// Chooses a backend and puts it behind the checks.
import type { Backend } from "./backend.ts";
import { checked } from "./border/checked.ts";
import { UnsupportedError } from "./errors.ts";
import type { BackendName, Kernels } from "./kernels.ts";
import type { Arena } from "./memory.ts";
import { referenceBackend } from "./reference/index.ts";
import { wasmBackend } from "./wasm/index.ts";

export interface KernelsOptions {
  /**
   * `wasm` (the default) is fast; `reference` is plain loops, for debugging and as the truth to compare with.
   * Both give the same bits.
   */
  readonly backend?: BackendName;
  /** The memory in which `zeros` makes its arrays and the wasm backend works. Default: one of its own. */
  readonly arena?: Arena;
}

const BACKENDS: Readonly<Record<BackendName, (arena?: Arena) => Backend>> = {
  reference: referenceBackend,
  wasm: wasmBackend,
};

/**
 * Kernels on a backend.
 * @throws UnsupportedError for a backend that does not exist or that this engine cannot run.
 */
export function createKernels(options: KernelsOptions = {}): Kernels {
  const { backend, arena } = options;
  const name = backend ?? "wasm";
  if (!Object.hasOwn(BACKENDS, name)) {
    const valid = Object.keys(BACKENDS).join(", ");
    throw new UnsupportedError(
      `createKernels: there is no backend ${JSON.stringify(name)}. Choose one of: ${valid}.`,
    );
  }
  return checked(BACKENDS[name](arena), backend === undefined ? "the default" : "asked for in createKernels");
}

let shared: Kernels | undefined;

/** The kernels that a process shares: the default backend, made at the first call. */
export function defaultKernels(): Kernels {
  shared ??= createKernels();
  return shared;
}
