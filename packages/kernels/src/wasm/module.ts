// From the inlined bytes to a running instance. Nothing is compiled before the first call, and each module only once.
import { UnsupportedError } from "../errors.ts";
import { packed as relaxed } from "../generated/relaxed.ts";
import { packed as strict } from "../generated/strict.ts";
import { type CompiledModule, engine, type LinearMemory } from "./engine.ts";
import { allowRelaxedSimd, isBehindFlag } from "./relaxed-simd.ts";
import { importingSharedMemory } from "./shared-memory.ts";
import { unpack } from "./unpack.ts";

/**
 * Two modules from one source. `strict` multiplies, rounds and adds: the same bits on every machine. `relaxed` fuses
 * where the machine can: faster, and of machine-dependent last bits.
 */
export type Variant = "strict" | "relaxed";

const PACKED: Readonly<Record<Variant, string>> = { strict, relaxed };

const NEEDS: Readonly<Record<Variant, string>> = {
  strict:
    "128-bit SIMD. Use a newer engine (Node 16.4, Chrome 91, Firefox 89, Safari 16.4 or later), or the plain loops: " +
    'createKernels({ backend: "reference" }).',
  relaxed:
    "relaxed SIMD. Use a newer engine (Node 22, Chrome 114, Firefox 145 or later), or the strict variant, which runs " +
    'wherever WebAssembly SIMD does: createKernels({ backend: "wasm" }).',
};

const compiled = new Map<string, CompiledModule>();

/** The module, compiled at the first call, or undefined if the engine does not take its bytes. */
function compile(variant: Variant, shared: boolean): CompiledModule | undefined {
  const key = `${variant}${shared ? ", shared" : ""}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const { Module, validate } = engine();
  const unshared = unpack(PACKED[variant]);
  const bytes = shared ? importingSharedMemory(unshared) : unshared;
  if (!validate(bytes) && !(variant === "relaxed" && allowRelaxedSimd() && validate(bytes))) return undefined;
  const module = new Module(bytes);
  compiled.set(key, module);
  return module;
}

/**
 * The faster variant on this engine: the fused one wherever it is on by itself. Behind Node 20's flag it was measured no
 * faster than the strict one, so there it is left to those who ask for it.
 */
export function fastest(): Variant {
  return !isBehindFlag() && compile("relaxed", false) !== undefined ? "relaxed" : "strict";
}

/**
 * The exports of a new instance that works in `memory`. It has no memory or data of its own.
 * @throws UnsupportedError where WebAssembly or the instructions of the variant are missing.
 */
export function instantiate(memory: LinearMemory, shared: boolean, variant: Variant = "strict"): object {
  const module = compile(variant, shared);
  if (module === undefined) {
    throw new UnsupportedError(`This JavaScript engine's WebAssembly lacks ${NEEDS[variant]}`);
  }
  const { Instance } = engine();
  return new Instance(module, { env: { memory } }).exports;
}
