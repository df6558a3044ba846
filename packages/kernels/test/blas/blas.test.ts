// The blas backend against the whole suite, on shared memory.
import { describe } from "vitest";
import { blasBackend } from "../../src/blas/index.ts";
import { checked } from "../../src/border/checked.ts";
import type { Kernels } from "../../src/kernels.ts";
import { Arena } from "../../src/memory.ts";
import { native } from "../conformance/rounding.ts";
import { describeKernels } from "../conformance.ts";
import { tellIfSkipped, unavailable } from "./available.ts";

tellIfSkipped("the whole suite on the backend blas");

// Unshared memory, which takes the same way, is what products.test.ts works in.
const made = new Map<string, Kernels>();
function blas(name: string): Kernels {
  const known = made.get(name);
  if (known !== undefined) return known;
  const arena = Arena.create({ byteLength: 64 * 1024 * 1024, shared: true });
  const kernels = checked(blasBackend(arena), "asked for by its test");
  made.set(name, kernels);
  return kernels;
}

describe.skipIf(unavailable !== undefined)("with a BLAS", () => {
  const rounding = unavailable === undefined ? native(blas("truth")) : undefined;
  describeKernels("blas on shared memory", () => blas("tested"), rounding);
});
