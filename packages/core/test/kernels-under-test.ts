// The backends that every layer is tested on: the plain loops, SIMD with the same bits, and what users get by default.
import { createKernels, defaultKernels, type Kernels } from "@gradloom/kernels";

export const backends: readonly (readonly [name: string, kernels: Kernels])[] = [
  ["reference", createKernels({ backend: "reference" })],
  ["wasm", createKernels({ backend: "wasm" })],
  ["default", defaultKernels()],
];
