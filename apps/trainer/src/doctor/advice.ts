// What would make training faster on a machine, in sentences that each name something to do.
import { OPTION_RULES } from "../option-rules.ts";
import type { Machine } from "./machine.ts";

/** A core that others keep busy this much of the time is a core that training waits for. */
const BUSY_SHARE = 0.5;
/** A native library that is no faster than this costs its reproducible bits for nothing. */
const WORTH_IT = 1.2;
const LITTLE_MEMORY = 2 ** 30;

/**
 * Most useful first; empty when nothing stands in the way.
 *
 * @param backends what `gradloom train --backend` takes.
 */
export function adviceFor(
  machine: Machine,
  backends: readonly string[] = trainingBackends(),
): readonly string[] {
  return [
    ...adviceOnEngine(machine),
    ...(backends.includes("blas") ? adviceOnBlas(machine) : []),
    ...adviceOnCores(machine),
    ...adviceOnMemory(machine),
  ];
}

function trainingBackends(): readonly string[] {
  const { values } = OPTION_RULES.backend;
  return values.kind === "choice" ? values.choices.map(String) : [];
}

function adviceOnEngine({ instructions, node }: Machine): readonly string[] {
  const { simd, relaxedSimd, backend, sharedMemory } = instructions;
  const advice: string[] = [];
  if (!sharedMemory)
    advice.push("Threads cannot share WebAssembly memory here, and training needs it: use a newer Node.");
  if (!simd) advice.push("This engine has no WebAssembly SIMD: use Node 20.19 or newer on x64 or arm64.");
  else if (!relaxedSimd || (backend === "wasm" && Number.parseInt(node.version, 10) < 22)) {
    advice.push(
      `Node ${node.version} computes without fused multiply-adds; Node 22 or newer has them (wasm-relaxed) and is faster.`,
    );
  } else if (backend === "wasm" || backend === "reference") {
    advice.push(`GRADLOOM_BACKEND asks for ${backend}; without it the faster wasm-relaxed runs.`);
  }
  return advice;
}

/** Only where it was measured faster than what runs without being asked. */
function adviceOnBlas({ speed, instructions }: Machine): readonly string[] {
  const speedOf = (name: string): number => speed.find(({ backend }) => backend === name)?.gigaflops ?? 0;
  const [blas, own] = [speedOf("blas"), speedOf(instructions.backend)];
  if (blas === 0 || own === 0 || blas < WORTH_IT * own) return [];
  const times = (blas / own).toFixed(1);
  return [
    `The native BLAS multiplies ${times} times as fast as ${instructions.backend} here: --backend blas.`,
  ];
}

function adviceOnCores({ cores }: Machine): readonly string[] {
  const { logical, available, quota, load } = cores;
  const advice: string[] = [];
  if (quota !== null && Math.ceil(quota) < available) {
    const workers = Math.max(1, Math.floor(quota));
    advice.push(
      `A control group allows ${shown(quota)} cores' worth of time, but ${available} would be used: train with ` +
        `--workers ${workers}, or raise the limit.`,
    );
  } else if (available < logical) {
    advice.push(`This process may run on ${available} of ${logical} cores: raise its CPU limit or affinity.`);
  }
  if (load !== null && load > BUSY_SHARE * available) {
    advice.push(
      `Other programs kept ${shown(load)} of ${available} cores busy during the last minute: end them, or train ` +
        "with fewer --workers.",
    );
  }
  return advice;
}

function adviceOnMemory({ memory }: Machine): readonly string[] {
  const most = Math.min(memory.free, memory.limit ?? memory.free);
  if (most >= LITTLE_MEMORY) return [];
  return ["Less than 1 GiB of memory is free: gradloom train --dry-run tells what a run needs."];
}

function shown(cores: number): string {
  return String(Number(cores.toFixed(1)));
}
