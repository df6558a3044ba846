// The wasm backend against the whole suite, on unshared and on shared memory, and the proof that it is what ran.
import { expect, test } from "vitest";
import { checked } from "../src/border/checked.ts";
import { Arena } from "../src/memory.ts";
import { wasmBackend } from "../src/wasm/index.ts";
import { describeKernels } from "./conformance.ts";

const alone = checked(wasmBackend(), "asked for by its test");
const arena = Arena.create({ byteLength: 64 * 1024 * 1024, shared: true });
const shared = checked(wasmBackend(arena), "asked for by its test");

describeKernels("wasm", () => alone);
describeKernels("wasm on shared memory", () => shared);

test("explain says which operations run in SIMD everywhere and which only in the arena", () => {
  const { backend, operations, memory } = alone.explain();
  expect([backend, memory, shared.explain().memory]).toEqual(["wasm", "webassembly", "webassembly (shared)"]);
  const simd = Object.keys(operations).filter((name) => operations[name] === "wasm/simd128");
  expect(simd.sort()).toEqual(["axpy", "logSoftmax", "matmul", "sigmoid", "softmax", "softmaxCrossEntropy"]);
  const others = Object.keys(operations).filter((name) => !simd.includes(name));
  for (const name of others) expect(operations[name]).toBe("wasm/simd128 in the arena, reference elsewhere");
});
