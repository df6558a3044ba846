// The fused wasm backend against the whole suite, whose claims on last bits are bounds for it, and the proof that it ran.
import { expect, test } from "vitest";
import { checked } from "../src/border/checked.ts";
import { Arena } from "../src/memory.ts";
import { wasmBackend } from "../src/wasm/index.ts";
import { fused } from "./conformance/rounding.ts";
import { describeKernels } from "./conformance.ts";

const relaxed = (shared: boolean) => {
  const arena = Arena.create({ byteLength: 64 * 1024 * 1024, shared });
  return checked(wasmBackend(arena, "relaxed"), "asked for by its test");
};
const alone = relaxed(false);
const shared = relaxed(true);
const rounding = fused(relaxed(false));

describeKernels("wasm-relaxed", () => alone, rounding);
describeKernels("wasm-relaxed on shared memory", () => shared, rounding);

test("explain names the fused path wherever SIMD runs", () => {
  const { backend, operations, memory } = alone.explain();
  expect([backend, memory, shared.explain().memory]).toEqual([
    "wasm-relaxed",
    "webassembly",
    "webassembly (shared)",
  ]);
  for (const path of Object.values(operations)) {
    expect(path).toMatch(/^wasm\/relaxed-simd( in the arena, reference elsewhere)?$/);
  }
});
