// The one suite that every backend must pass; a test file per backend calls it.
import { describe } from "vitest";
import type { Kernels } from "../src/kernels.ts";
import { crossEntropyTests } from "./conformance/cross-entropy.ts";
import { edgeTests } from "./conformance/edges.ts";
import { elementwiseTests } from "./conformance/elementwise.ts";
import { lengthTests } from "./conformance/lengths.ts";
import { matmulTests } from "./conformance/matmul.ts";
import { matmulLayoutTests } from "./conformance/matmul-layouts.ts";
import { memoryTests } from "./conformance/memory.ts";
import { nearReferenceTests } from "./conformance/near-reference.ts";
import { optimizerStepLengthTests } from "./conformance/optimizer-step-lengths.ts";
import { optimizerStepTests } from "./conformance/optimizer-steps.ts";
import { type Rounding, UNFUSED } from "./conformance/rounding.ts";
import { rowTests } from "./conformance/rows.ts";
import { softmaxTests } from "./conformance/softmax.ts";
import { vectorProductTests } from "./conformance/vector-product.ts";

/** Runs the whole suite. `make` may return the same kernels every time; `rounding` says what is promised of last bits. */
export function describeKernels(name: string, make: () => Kernels, rounding: Rounding = UNFUSED): void {
  describe(name, () => {
    memoryTests(make, rounding);
    matmulTests(make, rounding);
    matmulLayoutTests(make, rounding);
    nearReferenceTests(make, rounding);
    vectorProductTests(make);
    softmaxTests(make, rounding);
    crossEntropyTests(make, rounding);
    elementwiseTests(make, rounding);
    optimizerStepTests(make);
    rowTests(make);
    edgeTests(make);
    lengthTests(make, rounding);
    optimizerStepLengthTests(make);
  });
}
