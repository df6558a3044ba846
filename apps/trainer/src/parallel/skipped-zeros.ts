// Whether the first layer skips the zeros of its input: where most are, and that is faster than to multiply them.
import type { BackendName } from "@gradloom/kernels";
import type { SparseChoice } from "../options.ts";

/** Below this share of nonzeros skipping the zeros was measured to be faster in a whole step on our own kernels. */
const PAYS_BELOW = 0.4;

/**
 * The same beside a native BLAS, which multiplies the zeros sooner. A constant, whatever the machine, since it decides bits.
 * Gather, x·W and dW of the first layer together, with OpenBLAS 0.3 on AVX-512 in float32, nonzeros anywhere: bytes take as
 * long either way at a density of about 0.27 for 100×784×50, 0.22 for 100×784×128, 0.19 for 1024×784×256 and 0.2 for
 * 1024×784×1024, floats at 0.23, 0.2, 0.16 and 0.18. MNIST's 0.19 as bytes took 0.7 of the time, 0.8, 1.0 and 0.9. A single
 * row gains up to 0.5, but one number is easier to know than two.
 */
const PAYS_BELOW_BESIDE_BLAS = 0.2;

/** A run's choice as it is kept where it decides bits. */
export type SettledSparse = Exclude<SparseChoice, "auto">;

/** Whether the first layer skips the zeros of its input. */
export function skipsZeros(choice: SparseChoice, density: number, backend: BackendName): boolean {
  const paysBelow = backend === "blas" ? PAYS_BELOW_BESIDE_BLAS : PAYS_BELOW;
  return choice === "on" || (choice === "auto" && density < paysBelow);
}

/**
 * The option `sparse` of a run on `backend`, as its first step settled it for its whole life: a native BLAS adds in an order of
 * its own, so that skipping what it would multiply changes bits. Undefined on others, whose bits are the same either way.
 */
export function settledSparse(backend: BackendName, skips: boolean): SettledSparse | undefined {
  if (backend !== "blas") return undefined;
  return skips ? "on" : "off";
}
