// The backends that every layer is tested on: the plain loops, and the one that users get by default.
import { createKernels, defaultKernels, type Kernels } from "@gradloom/kernels";

export const backends: readonly (readonly [name: string, kernels: Kernels])[] = [
  ["reference", createKernels({ backend: "reference" })],
  ["default", defaultKernels()],
];
