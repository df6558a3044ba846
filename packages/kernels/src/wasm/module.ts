// From the inlined bytes to a running instance. Nothing is compiled before the first call, and each module only once.
import { UnsupportedError } from "../errors.ts";
import { bytes as strict } from "../generated/strict.ts";
import { bytes as strictShared } from "../generated/strict-shared.ts";
import { decodeBase64 } from "./base64.ts";
import { type CompiledModule, engine, type LinearMemory } from "./engine.ts";

/** gemm: c (m,n) ← [c +] a (m,k)·b (k,n). Addresses and strides in bytes, any sign of stride. */
type Gemm = (
  m: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  aColumn: number,
  b: number,
  bRow: number,
  bColumn: number,
  c: number,
  cRow: number,
  cColumn: number,
  accumulate: boolean,
  scratch: number,
) => void;

/** An operation on rows without gaps between their elements; row strides in bytes. */
export type RowKernel = (
  rows: number,
  columns: number,
  x: number,
  xRow: number,
  out: number,
  outRow: number,
) => void;

/** What assembly/index.ts exports. */
export interface KernelExports {
  gemm_scratch(): number;
  readonly gemm_f32: Gemm;
  readonly gemm_f64: Gemm;
  readonly softmax_f32: RowKernel;
  readonly softmax_f64: RowKernel;
  readonly log_softmax_f32: RowKernel;
  readonly log_softmax_f64: RowKernel;
}

const compiled = new Map<string, CompiledModule>();

/**
 * The module for one kind of memory: one built for shared memory does not link with an unshared one, nor the reverse.
 * @throws UnsupportedError where WebAssembly or its 128-bit SIMD is missing.
 */
function compile(shared: boolean): CompiledModule {
  const key = shared ? "strict-shared" : "strict";
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const { Module, validate } = engine();
  const bytes = decodeBase64(shared ? strictShared : strict);
  if (!validate(bytes)) {
    throw new UnsupportedError(
      `This JavaScript engine's WebAssembly lacks 128-bit SIMD${shared ? " or shared memory" : ""}. ` +
        'Use a newer engine (Node 16.4, Chrome 91, Firefox 89, Safari 16.4), or the plain loops: createKernels({ backend: "reference" }).',
    );
  }
  const module = new Module(bytes);
  compiled.set(key, module);
  return module;
}

/** A new instance that works in `memory`. It has no memory or data of its own. */
export function instantiate(memory: LinearMemory, shared: boolean): KernelExports {
  const { Instance } = engine();
  return new Instance(compile(shared), { env: { memory } }).exports as KernelExports;
}
