// Every backend on memory of its own, and matrices of which most is 0, for the tests of products and their options.
import { createKernels, type Kernels } from "../../src/index.ts";
import { Arena } from "../../src/memory.ts";
import { seededNumbers } from "../conformance/values.ts";

const make = (backend: "reference" | "wasm" | "wasm-relaxed", shared: boolean): Kernels =>
  createKernels({ backend, arena: Arena.create({ byteLength: 96 * 1024 * 1024, shared }) });

export const reference: Kernels = make("reference", false);

/** Those that promise the reference's bits, the reference included, and the fused one. */
export const BACKENDS: readonly (readonly [name: string, kernels: Kernels])[] = [
  ["reference", reference],
  ["wasm", make("wasm", false)],
  ["wasm on shared memory", make("wasm", true)],
  ["wasm-relaxed", make("wasm-relaxed", false)],
];

/** Numbers of which about so many percent are not 0; zeros of both signs, in runs of various lengths. */
export function sparseNumbers(count: number, percent: number, seed: number): number[] {
  const chosen = seededNumbers(count, seed + 1000);
  return seededNumbers(count, seed).map((value, i) =>
    Math.abs(chosen[i]) * 100 < percent ? value : i % 3 === 0 ? -0 : 0,
  );
}
