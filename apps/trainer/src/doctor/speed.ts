// How fast each backend multiplies matrices here, measured for a tenth of a second each.
import { type BackendName, createKernels, type Kernels, UnsupportedError } from "@gradloom/kernels";
import type { Speed } from "./machine.ts";

const BACKENDS: readonly BackendName[] = ["blas", "wasm-relaxed", "wasm", "reference"];
/** Large enough that packing is paid for, small enough that plain loops take a few milliseconds. */
const SIZE = 192;
const SECONDS_EACH = 0.1;
/** An engine computes with quickly made code first: the first few runs tell nothing of the speed it comes to. */
const LEAST_RUNS = 10;
/** Plain loops, and a machine that is busy with something else, are not waited for longer than so many times that. */
const MOST_PATIENCE = 4;

/** Backends that this engine cannot run are left out. */
export function measureSpeed(secondsEach: number = SECONDS_EACH): readonly Speed[] {
  return BACKENDS.flatMap((backend) => {
    const kernels = kernelsOf(backend);
    if (kernels === undefined) return [];
    return [{ backend, size: SIZE, gigaflops: gigaflops(kernels, secondsEach) }];
  });
}

function kernelsOf(backend: BackendName): Kernels | undefined {
  try {
    return createKernels({ backend });
  } catch (error) {
    if (error instanceof UnsupportedError) return undefined;
    throw error;
  }
}

/** By the fastest run: whatever else the machine does only makes a run slower. */
function gigaflops(kernels: Kernels, seconds: number): number {
  const [a, b, out] = [0, 1, 2].map((seed) => filled(kernels, seed));
  if (a === undefined || b === undefined || out === undefined) return Number.NaN;
  const begin = performance.now();
  const elapsed = (): number => (performance.now() - begin) / 1000;
  let best = Infinity;
  let runs = 0;
  while (elapsed() < seconds || (runs < LEAST_RUNS && elapsed() < MOST_PATIENCE * seconds)) {
    const start = performance.now();
    kernels.matmul(a, b, out);
    best = Math.min(best, performance.now() - start);
    runs++;
  }
  return (2 * SIZE * SIZE * SIZE) / (best * 1e6);
}

function filled(kernels: Kernels, seed: number): ReturnType<Kernels["zeros"]> {
  const matrix = kernels.zeros([SIZE, SIZE]);
  for (let i = 0; i < matrix.size; i++) matrix.data[i] = ((i * 7 + seed) % 13) / 13;
  return matrix;
}
