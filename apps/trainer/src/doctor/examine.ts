// Puts together what this machine offers.
import { availableParallelism, cpus, freemem, loadavg, totalmem } from "node:os";
import {
  Arena,
  type BackendName,
  createKernels,
  type Explanation,
  UnsupportedError,
} from "@gradloom/kernels";
import type { Environment } from "../report/terminal.ts";
import { blasLibraries } from "./blas-libraries.ts";
import { cpuQuota } from "./control-group.ts";
import type { Blas, Cores, Instructions, Machine, Memory } from "./machine.ts";
import { findMpi } from "./mpi.ts";
import { measureSpeed } from "./speed.ts";

/** Takes about half a second, most of it for the measurement. */
export async function examine(gradloom: string, env: Environment): Promise<Machine> {
  return {
    gradloom,
    node: { version: process.versions.node, platform: process.platform, architecture: process.arch },
    instructions: instructions(),
    cores: cores(),
    memory: memory(),
    blas: blas(env),
    mpi: await findMpi(env),
    speed: measureSpeed(),
  };
}

function instructions(): Instructions {
  const chosen = explained(undefined);
  return {
    simd: explained("wasm") !== undefined,
    relaxedSimd: explained("wasm-relaxed") !== undefined,
    sharedMemory: hasSharedMemory(),
    backend: chosen?.backend ?? "none",
    reason: chosen?.reason ?? "GRADLOOM_BACKEND asks for one that does not run here",
  };
}

function explained(backend: BackendName | undefined): Explanation | undefined {
  try {
    return createKernels(backend === undefined ? {} : { backend }).explain();
  } catch (error) {
    if (error instanceof UnsupportedError) return undefined;
    throw error;
  }
}

function hasSharedMemory(): boolean {
  try {
    return Arena.create({ byteLength: 1, shared: true }).shared;
  } catch {
    return false;
  }
}

function cores(): Cores {
  const all = cpus();
  const [load = 0] = loadavg();
  return {
    model: all[0]?.model.trim() ?? "unknown",
    logical: all.length,
    available: availableParallelism(),
    quota: cpuQuota(),
    // Windows has no such average: Node gives 0 there.
    load: process.platform === "win32" ? null : load,
  };
}

function memory(): Memory {
  const total = totalmem();
  const limit = process.constrainedMemory();
  // Without a limit Node gives 0, nothing, or the largest number that the system can write.
  return { total, free: freemem(), limit: limit > 0 && limit < total ? limit : null };
}

/** Opens the library as training would, because only that tells whether it can be used. */
function blas(env: Environment): Blas {
  const found = blasLibraries(env);
  try {
    const { library } = createKernels({ backend: "blas" }).explain();
    if (library === undefined) return { usable: null, reason: "it does not tell its library", found };
    const { name, path, version } = library;
    return { usable: { name, path, version }, reason: null, found };
  } catch (error) {
    if (error instanceof UnsupportedError) return { usable: null, reason: error.message, found };
    throw error;
  }
}
