// The wasm backend: every operation in WebAssembly SIMD on arrays in its arena.
import type { Backend } from "../backend.ts";
import { Arena } from "../memory.ts";
import { referenceBackend } from "../reference/index.ts";
import type { ArrayOf, Dtype, Tensor } from "../tensor.ts";
import { addBias } from "./add-bias.ts";
import { allFinite } from "./all-finite.ts";
import { axpy } from "./axpy.ts";
import { gatherRows } from "./gather-rows.ts";
import { knownCalls } from "./known-calls.ts";
import { matmul } from "./matmul.ts";
import type { Variant } from "./module.ts";
import { adagradStep, adamStep, momentumStep, rmspropStep } from "./optimizer-steps.ts";
import { binary, unary } from "./rows.ts";
import { ShortProducts } from "./short-products.ts";
import {
  crossEntropyBackwardInPlace,
  crossEntropyInPlace,
  crossEntropyStaged,
} from "./softmax-cross-entropy.ts";
import { stagedElements, stagedRows } from "./staged-rows.ts";
import { sumRows } from "./sum-rows.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

/** Address space of the memory made when none is given. Pages are committed as they are written: 1 ms, a few MiB. */
export const DEFAULT_BYTES: number = 256 * 1024 * 1024;

/**
 * In SIMD wherever the operands are: those outside the arena, or with gaps, go through it in pieces. These are the
 * operations that a fused multiply-add would round otherwise, so their bits never depend on where an array lives.
 */
const ANYWHERE = ["matmul", "softmax", "logSoftmax", "softmaxCrossEntropy", "sigmoid", "axpy"];

/**
 * A backend that works in `arena`. Arrays that live in its memory are used in place; others go through it in pieces,
 * or, for operations whose plain loops have the same bits at the price of copying, through those loops.
 * @throws UnsupportedError where WebAssembly SIMD is missing.
 * @throws OutOfMemoryError if the arena has not SCRATCH_BYTES left for the backend's own use.
 */
export function wasmBackend(
  arena: Arena = Arena.create({ byteLength: DEFAULT_BYTES }),
  variant: Variant = "strict",
): Backend {
  return backendIn(openWorkspace(arena, variant), arena, variant);
}

/** The same over a workspace that is there already, in that arena and of that variant. */
export function backendIn(work: Workspace, arena: Arena, variant: Variant): Backend {
  const simd = variant === "relaxed" ? "wasm/relaxed-simd" : "wasm/simd128";
  const loops = referenceBackend();
  const crossEntropyBackward: Backend["softmaxCrossEntropyBackward"] = (y, t, scale, out) => {
    if (!crossEntropyBackwardInPlace(work, y, t, scale, out)) {
      loops.softmaxCrossEntropyBackward(y, t, scale, out);
    }
  };
  const operations = Object.keys(loops.operations).map((name) => [
    name,
    ANYWHERE.includes(name) ? simd : `${simd} in the arena, reference elsewhere`,
  ]);
  return {
    name: variant === "relaxed" ? "wasm-relaxed" : "wasm",
    operations: Object.fromEntries(operations),
    memory: arena.shared ? "webassembly (shared)" : "webassembly",
    zeros<D extends Dtype>(shape: readonly number[], dtype: D): Tensor<ArrayOf<D>> {
      const t = arena.allocate(dtype, shape);
      // The region may have been used before.
      t.data.fill(0);
      return t as Tensor<ArrayOf<D>>;
    },
    matmul: (a, b, out, accumulate, options) => matmul(work, a, b, out, accumulate, options),
    knownProducts: new ShortProducts(work),
    knownCalls: knownCalls(work),
    softmax(x, out) {
      const kernel = work.kernels(x.data).softmax;
      if (!unary(work, kernel, x, out)) stagedRows(work, kernel, x, out, loops.softmax);
    },
    logSoftmax(x, out) {
      const kernel = work.kernels(x.data).log_softmax;
      if (!unary(work, kernel, x, out)) stagedRows(work, kernel, x, out, loops.logSoftmax);
    },
    softmaxCrossEntropy(x, t, y, losses, gradient) {
      if (crossEntropyInPlace(work, x, t, y, losses, gradient)) return;
      if (!crossEntropyStaged(work, x, t, y, losses)) loops.softmaxCrossEntropy(x, t, y, losses);
      if (gradient !== undefined) crossEntropyBackward(y, t, gradient.scale, gradient.dx);
    },
    softmaxCrossEntropyBackward: crossEntropyBackward,
    relu(x, out) {
      if (!unary(work, work.kernels(x.data).relu, x, out)) loops.relu(x, out);
    },
    reluBackward(y, dout, out) {
      if (!binary(work, work.kernels(y.data).relu_backward, y, dout, out)) loops.reluBackward(y, dout, out);
    },
    sigmoid(x, out) {
      const kernel = work.kernels(x.data).sigmoid;
      if (unary(work, kernel, x, out)) return;
      stagedElements(work, [x], out, (rows, columns, [at], row) => kernel(rows, columns, at, row, at, row));
    },
    sigmoidBackward(y, dout, out) {
      if (!binary(work, work.kernels(y.data).sigmoid_backward, y, dout, out)) {
        loops.sigmoidBackward(y, dout, out);
      }
    },
    addBias(x, b, out) {
      if (!addBias(work, x, b, out)) loops.addBias(x, b, out);
    },
    sumRows(x, out) {
      if (!sumRows(work, x, out)) loops.sumRows(x, out);
    },
    axpy: (alpha, x, y) => axpy(work, alpha, x, y),
    momentumStep(p, g, v, step) {
      if (!momentumStep(work, p, g, v, step)) loops.momentumStep(p, g, v, step);
    },
    adagradStep(p, g, h, step) {
      if (!adagradStep(work, p, g, h, step)) loops.adagradStep(p, g, h, step);
    },
    rmspropStep(p, g, h, step) {
      if (!rmspropStep(work, p, g, h, step)) loops.rmspropStep(p, g, h, step);
    },
    adamStep(p, g, m, v, step) {
      if (!adamStep(work, p, g, m, v, step)) loops.adamStep(p, g, m, v, step);
    },
    allFinite: (x) => allFinite(work, x) ?? loops.allFinite(x),
    gatherRows(source, rows, out, scale) {
      if (!gatherRows(work, source, rows, out, scale)) loops.gatherRows(source, rows, out, scale);
    },
  };
}
