// Which path really ran: every function of every WebAssembly instance is counted, and the products' last bits looked at.
import ndarray from "ndarray";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BackendName, Kernels } from "../src/kernels.ts";
import { createKernels } from "../src/select.ts";
import { engine } from "../src/wasm/engine.ts";
import { DTYPES, dense } from "./conformance/values.ts";

const calls: string[] = [];
const original = engine();

/** Instances whose functions tell of every call. */
function Instance(module: object, imports: { env: { memory: { buffer: ArrayBuffer } } }) {
  const { exports } = new original.Instance(module, imports);
  const told = Object.entries(exports as Record<string, unknown>).map(([name, value]) => {
    if (typeof value !== "function") return [name, value];
    const counted = (...numbers: unknown[]) => {
      calls.push(name);
      return Reflect.apply(value, undefined, numbers);
    };
    return [name, counted];
  });
  return { exports: Object.fromEntries(told) };
}

beforeAll(() => {
  const { Memory, Module } = original;
  const validate = (bytes: Uint8Array) => original.validate(bytes);
  Reflect.set(globalThis, "WebAssembly", { Memory, Module, Instance, validate });
});
afterAll(() => void Reflect.set(globalThis, "WebAssembly", original));

const STEP = { learningRate: 0.1, weightDecay: 0, eps: 1e-8, momentum: 0.9, nesterov: false, decayRate: 0.9 };
const ADAM = {
  stepSize: 0.1,
  rootCorrection: 1,
  beta1: 0.9,
  beta2: 0.999,
  weightDecay: 0,
  keep: 1,
  eps: 1e-8,
};

describe.each(DTYPES)("in %s", (dtype) => {
  /** Every operation once, on the kernels' own arrays, and the function it must run on. */
  function operations(k: Kernels): Record<string, () => unknown> {
    const [x, y, z, w] = [0, 1, 2, 3].map(() => k.zeros([4, 4], dtype));
    const [b, losses] = [k.zeros([4], dtype), k.zeros([4], dtype)];
    const t = ndarray(Int32Array.of(0, 1, 2, 3));
    return {
      gemm: () => k.matmul(x, y, z),
      softmax: () => k.softmax(x, y),
      log_softmax: () => k.logSoftmax(x, y),
      cross_entropy: () => k.softmaxCrossEntropy(x, t, { y, losses }),
      cross_entropy_backward: () => k.softmaxCrossEntropyBackward(y, t, 1, z),
      relu: () => k.relu(x, y),
      relu_backward: () => k.reluBackward(x, y, z),
      sigmoid: () => k.sigmoid(x, y),
      sigmoid_backward: () => k.sigmoidBackward(x, y, z),
      add_bias: () => k.addBias(x, b, y),
      sum_rows: () => k.sumRows(x, b),
      axpy: () => k.axpy(2, x, y),
      momentum_step: () => k.momentumStep(x, y, z, STEP),
      adagrad_step: () => k.adagradStep(x, y, z, STEP),
      rmsprop_step: () => k.rmspropStep(x, y, z, STEP),
      adam_step: () => k.adamStep(x, y, z, w, ADAM),
      gather_rows: () => k.gatherRows(x, t, y),
      all_finite: () => k.allFinite(x),
    };
  }

  function ran(call: () => unknown): string[] {
    calls.length = 0;
    call();
    return [...calls];
  }

  test.each(["wasm", "wasm-relaxed"] as const)("%s runs each operation on its own function", (backend) => {
    const suffix = dtype === "float32" ? "_f32" : "_f64";
    const kernels = createKernels({ backend });
    const all = operations(kernels);
    for (const [name, call] of Object.entries(all)) expect(ran(call)).toEqual([`${name}${suffix}`]);
    expect(Object.keys(all).length).toBe(Object.keys(kernels.explain().operations).length);
  });

  test("reference runs nothing in WebAssembly", () => {
    for (const call of Object.values(operations(createKernels({ backend: "reference" })))) {
      expect(ran(call)).toEqual([]);
    }
  });

  // (1 + d)·(1 − d) − 1 is −d², but 0 once the product is rounded, for a d whose square is below half a unit.
  const d = dtype === "float32" ? 2 ** -13 : 2 ** -27;
  const witness = (backend: BackendName): number => {
    const k = createKernels({ backend });
    const out = dense([-1], [1, 1], dtype);
    k.matmul(dense([1 + d], [1, 1], dtype), dense([1 - d], [1, 1], dtype), out, { accumulate: true });
    return out.get(0, 0);
  };

  test("reference and wasm round a product before they add it", () => {
    expect([witness("reference"), witness("wasm")]).toEqual([0, 0]);
  });

  test("wasm-relaxed keeps what rounding would lose, on a machine that can fuse", () => {
    // The engine may do without the instruction: then both ways of the sum of one product are 0.
    expect([0, -(d * d)]).toContain(witness("wasm-relaxed"));
  });
});
