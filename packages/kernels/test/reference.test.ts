// The reference backend against the whole suite, and the proof that it is what ran.
import { expect, test } from "vitest";
import { checked } from "../src/border/checked.ts";
import { referenceBackend } from "../src/reference/index.ts";
import { describeKernels } from "./conformance.ts";

const kernels = checked(referenceBackend(), "asked for by its test");

describeKernels("reference", () => kernels);

test("every operation of the reference backend is the reference's own", () => {
  const { backend, operations, memory } = kernels.explain();
  expect(backend).toBe("reference");
  expect(new Set(Object.values(operations))).toEqual(new Set(["reference"]));
  expect(memory).toBe("javascript");
});
