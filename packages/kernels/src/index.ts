// The public API of @gradloom/kernels.
export {
  AliasError,
  DtypeError,
  KernelsError,
  OutOfMemoryError,
  ShapeError,
  UnsupportedError,
  ValueError,
} from "./errors.ts";
export type {
  BackendName,
  CrossEntropy,
  CrossEntropyOutputs,
  Explanation,
  GatherOptions,
  Kernels,
  LibraryFacts,
  MatmulOptions,
} from "./kernels.ts";
export { Arena, type ArenaArray, type ArenaDtype, type ArenaOptions, type Region } from "./memory.ts";
export { tensor, toNestedArray } from "./nested-arrays.ts";
export type { AdagradStep, AdamStep, MomentumStep, RmspropStep } from "./optimizer-steps.ts";
export { exp } from "./reference/exp.ts";
export { log } from "./reference/log.ts";
export { createKernels, defaultBackend, defaultKernels, type KernelsOptions } from "./select.ts";
export {
  type ArrayOf,
  type ByteTensor,
  type Dtype,
  dtypeOf,
  type FloatArray,
  type IntegerArray,
  type IntegerTensor,
  isBytes,
  type Nested,
  type Tensor,
} from "./tensor.ts";
export type { LinearMemory } from "./wasm/engine.ts";
export { SCRATCH_BYTES } from "./wasm/workspace.ts";
