// The fused variant's optimizer steps: they fuse nothing, and so pass the suite of those with the reference's bits.
import { describe, expect, test } from "vitest";
import { checked } from "../../src/border/checked.ts";
import { Arena } from "../../src/memory.ts";
import { wasmBackend } from "../../src/wasm/index.ts";
import { optimizerStepLengthTests } from "../conformance/optimizer-step-lengths.ts";
import { optimizerStepTests } from "../conformance/optimizer-steps.ts";

const arena = Arena.create({ byteLength: 64 * 1024 * 1024 });
const relaxed = checked(wasmBackend(arena, "relaxed"), "asked for by its test");

describe("wasm-relaxed", () => {
  optimizerStepTests(() => relaxed);
  optimizerStepLengthTests(() => relaxed);

  test("explain says that the optimizers' steps run in SIMD in the arena", () => {
    const { operations } = relaxed.explain();
    for (const name of ["momentumStep", "adagradStep", "rmspropStep", "adamStep"]) {
      expect(operations[name]).toBe("wasm/relaxed-simd in the arena, reference elsewhere");
    }
  });
});
