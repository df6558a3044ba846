// Chooses a backend and puts it behind the checks.
import type { Backend } from "./backend.ts";
import { blasBackend } from "./blas/index.ts";
import { checked } from "./border/checked.ts";
import { UnsupportedError } from "./errors.ts";
import type { BackendName, Kernels } from "./kernels.ts";
import type { Arena } from "./memory.ts";
import { referenceBackend } from "./reference/index.ts";
import { wasmBackend } from "./wasm/index.ts";
import { fastest } from "./wasm/module.ts";

/** Options of createKernels. */
export interface KernelsOptions {
  /**
   * `wasm-relaxed` is the fastest and the default where the engine has it: it fuses multiply-adds, so its last bits
   * depend on the machine. `wasm`, otherwise the default, has the bits of `reference` on every machine; `reference` is
   * plain loops, for debugging and as the truth to compare with. `blas` is never picked unless asked for: it needs Node,
   * the package koffi and a BLAS on the machine.
   * Without this option the environment variable GRADLOOM_BACKEND decides, where there is one.
   */
  readonly backend?: BackendName;
  /** The memory in which `zeros` makes its arrays and the wasm backends work. Default: one of their own. */
  readonly arena?: Arena;
}

const BACKENDS: Readonly<Record<BackendName, (arena?: Arena) => Backend>> = {
  reference: referenceBackend,
  wasm: (arena) => wasmBackend(arena, "strict"),
  "wasm-relaxed": (arena) => wasmBackend(arena, "relaxed"),
  blas: blasBackend,
};

const VARIABLE = "GRADLOOM_BACKEND";

/** A backend's name and who gave it. */
interface Choice {
  readonly name: string;
  readonly reason: string;
  /** What to name in an error. */
  readonly source: string;
}

/** The option goes before the environment, the environment before the default. */
function choose(option: string | undefined): Choice {
  if (option !== undefined)
    return { name: option, reason: "asked for in createKernels", source: "createKernels" };
  const host: { env?: Record<string, string | undefined> } | undefined = Reflect.get(globalThis, "process");
  const asked = host?.env?.[VARIABLE];
  if (asked !== undefined && asked !== "")
    return { name: asked, reason: `asked for by ${VARIABLE}`, source: VARIABLE };
  const name = fastest() === "relaxed" ? "wasm-relaxed" : "wasm";
  return { name, reason: "the default: the fastest here", source: "createKernels" };
}

/**
 * The backend of `createKernels()` without an option: GRADLOOM_BACKEND's, or the fastest that this engine runs.
 * @throws UnsupportedError when GRADLOOM_BACKEND names none.
 */
export function defaultBackend(): BackendName {
  return backendOf(choose(undefined));
}

function backendOf({ name, source }: Choice): BackendName {
  if (isBackend(name)) return name;
  const valid = Object.keys(BACKENDS).join(", ");
  throw new UnsupportedError(
    `${source}: there is no backend ${JSON.stringify(name)}. Choose one of: ${valid}.`,
  );
}

function isBackend(name: string): name is BackendName {
  return Object.hasOwn(BACKENDS, name);
}

/**
 * Kernels on a backend.
 * @throws UnsupportedError for a backend that does not exist or that this engine cannot run.
 */
export function createKernels(options: KernelsOptions = {}): Kernels {
  const choice = choose(options.backend);
  return checked(BACKENDS[backendOf(choice)](options.arena), choice.reason);
}

let shared: Kernels | undefined;

/** The kernels that a process shares: the default backend, made at the first call. */
export function defaultKernels(): Kernels {
  shared ??= createKernels();
  return shared;
}
