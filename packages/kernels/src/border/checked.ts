// The public face of a backend: every call is judged here, so that a backend may trust its operands.
import type { Backend } from "../backend.ts";
import type { Kernels } from "../kernels.ts";
import type { ArrayOf, Dtype, Tensor } from "../tensor.ts";
import { allFinite } from "./all-finite.ts";
import { softmaxCrossEntropy, softmaxCrossEntropyBackward } from "./cross-entropy.ts";
import { axpy, elementwise, elementwiseBackward } from "./elementwise.ts";
import { gatherRows } from "./gather-rows.ts";
import { matmul } from "./matmul.ts";
import { adagradStep, adamStep, momentumStep, rmspropStep } from "./optimizer-steps.ts";
import { addBias, sumRows } from "./rows.ts";
import { softmax } from "./softmax.ts";
import { zeros } from "./zeros.ts";

/** `backend` behind the checks. `reason` says for `explain()` why this backend was chosen. */
export function checked(backend: Backend, reason: string): Kernels {
  return {
    backend: backend.name,
    explain: () => ({
      backend: backend.name,
      reason,
      operations: { ...backend.operations },
      memory: backend.memory,
      ...(backend.library !== undefined && { library: { ...backend.library } }),
    }),
    zeros: <D extends Dtype = "float32">(
      shape: readonly number[],
      dtype: D = "float32" as D,
    ): Tensor<ArrayOf<D>> => zeros(backend, shape, dtype),
    matmul: (a, b, out, options) => matmul(backend, a, b, out, options),
    softmax: (x, out) => softmax(backend, "softmax", x, out),
    logSoftmax: (x, out) => softmax(backend, "logSoftmax", x, out),
    softmaxCrossEntropy: (x, t, out) => softmaxCrossEntropy(backend, x, t, out),
    softmaxCrossEntropyBackward: (y, t, scale, out) => softmaxCrossEntropyBackward(backend, y, t, scale, out),
    relu: (x, out) => elementwise(backend, "relu", x, out),
    reluBackward: (y, dout, out) => elementwiseBackward(backend, "reluBackward", y, dout, out),
    sigmoid: (x, out) => elementwise(backend, "sigmoid", x, out),
    sigmoidBackward: (y, dout, out) => elementwiseBackward(backend, "sigmoidBackward", y, dout, out),
    addBias: (x, b, out) => addBias(backend, x, b, out),
    sumRows: (x, out) => sumRows(backend, x, out),
    axpy: (alpha, x, y) => axpy(backend, alpha, x, y),
    allFinite: (x) => allFinite(backend, x),
    momentumStep: (p, g, v, step) => momentumStep(backend, p, g, v, step),
    adagradStep: (p, g, h, step) => adagradStep(backend, p, g, h, step),
    rmspropStep: (p, g, h, step) => rmspropStep(backend, p, g, h, step),
    adamStep: (p, g, m, v, step) => adamStep(backend, p, g, m, v, step),
    gatherRows: (source, rows, out, options) => gatherRows(backend, source, rows, out, options),
  };
}
