// A full arena: nets move to ordinary memory and compute the same bits.

import { Arena, createKernels, SCRATCH_BYTES } from "@gradloom/kernels";
import { expect, test } from "vitest";
import { TwoLayerNet, toNestedArray } from "../src/index.ts";
import { goldenNet, T, X } from "./golden-net.ts";

test("nets made after the arena is full give the same gradients as the first", () => {
  const kernels = createKernels({ arena: Arena.create({ byteLength: SCRATCH_BYTES + 65_536 }) });
  const first = goldenNet({ kernels });
  const expected = Object.values(first.gradient(X, T)).map((gradient) => toNestedArray(gradient));
  const big = Array.from({ length: 3 }, () => new TwoLayerNet(100, 100, 10, { kernels }));
  expect(() => kernels.zeros([100_000])).toThrow(/arena/);
  expect(big[0]?.predict(big[0].layers.Affine1.W).shape).toEqual([100, 10]);
  const late = goldenNet({ kernels });
  expect(Object.values(late.gradient(X, T)).map((gradient) => toNestedArray(gradient))).toEqual(expected);
});
