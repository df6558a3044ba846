// Which kernels a layer, a net or an optimizer computes with: the caller's, or the default ones on first use.
import { defaultKernels, type Kernels } from "@gradloom/kernels";

/** The option of every layer, net and optimizer. */
export interface KernelsOption {
  /** Computes everything. Default: `defaultKernels()`, looked up on first use. */
  readonly kernels?: Kernels;
}

/** The kernels of an options object. Nothing is compiled until a layer really asks. */
export function kernelsOf(options: KernelsOption): Kernels {
  return options.kernels ?? defaultKernels();
}
