// The public API of @gradloom/kernels.

/**
 * The function `ndarray` of the package of that name, as these kernels use it themselves. Arrays of another copy of it are
 * as welcome; but an engine runs code that sees one copy's classes faster than code that sees several, which a loop of
 * short calls feels.
 */
export { default as ndarray } from "ndarray";
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
