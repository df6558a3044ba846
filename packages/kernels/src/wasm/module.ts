// From the inlined bytes to a running instance. Nothing is compiled before the first call, and each module only once.
import { UnsupportedError } from "../errors.ts";
import { bytes as relaxed } from "../generated/relaxed.ts";
import { bytes as relaxedShared } from "../generated/relaxed-shared.ts";
import { bytes as strict } from "../generated/strict.ts";
import { bytes as strictShared } from "../generated/strict-shared.ts";
import { decodeBase64 } from "./base64.ts";
import { type CompiledModule, engine, type LinearMemory } from "./engine.ts";
import { allowRelaxedSimd, isBehindFlag } from "./relaxed-simd.ts";

/**
 * Two modules from one source. `strict` multiplies, rounds and adds: the same bits on every machine. `relaxed` fuses
 * where the machine can: faster, and of machine-dependent last bits.
 */
export type Variant = "strict" | "relaxed";

/** A module built for shared memory does not link with an unshared one, nor the reverse. */
const TEXTS: Readonly<Record<Variant, { readonly alone: string; readonly shared: string }>> = {
  strict: { alone: strict, shared: strictShared },
  relaxed: { alone: relaxed, shared: relaxedShared },
};

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
  const text = TEXTS[variant][shared ? "shared" : "alone"];
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const { Module, validate } = engine();
  const bytes = decodeBase64(text);
  if (!validate(bytes) && !(variant === "relaxed" && allowRelaxedSimd() && validate(bytes))) return undefined;
  const module = new Module(bytes);
  compiled.set(text, module);
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
