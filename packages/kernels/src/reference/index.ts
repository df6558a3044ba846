// The reference backend: plain loops over ndarray strides, the truth that every other backend is tested against.
import type { Backend } from "../backend.ts";
import type { Arena } from "../memory.ts";
import type { ArrayOf, Dtype, Tensor } from "../tensor.ts";
import { adagradStep } from "./adagrad-step.ts";
import { adamStep } from "./adam-step.ts";
import { addBias } from "./add-bias.ts";
import { allFinite } from "./all-finite.ts";
import { axpy } from "./axpy.ts";
import { gatherRows } from "./gather-rows.ts";
import { logSoftmax } from "./log-softmax.ts";
import { matmul } from "./matmul.ts";
import { momentumStep } from "./momentum-step.ts";
import { relu, reluBackward } from "./relu.ts";
import { rmspropStep } from "./rmsprop-step.ts";
import { sigmoid, sigmoidBackward } from "./sigmoid.ts";
import { softmax } from "./softmax.ts";
import { softmaxCrossEntropy, softmaxCrossEntropyBackward } from "./softmax-cross-entropy.ts";
import { sumRows } from "./sum-rows.ts";
import { zeros } from "./zeros.ts";

/** Arrays made by `zeros` are ordinary JavaScript memory, or the arena's if one is given. */
export function referenceBackend(arena?: Arena): Backend {
  const operations = {
    matmul,
    softmax,
    logSoftmax,
    softmaxCrossEntropy,
    softmaxCrossEntropyBackward,
    relu,
    reluBackward,
    sigmoid,
    sigmoidBackward,
    addBias,
    sumRows,
    axpy,
    momentumStep,
    adagradStep,
    rmspropStep,
    adamStep,
    allFinite,
    gatherRows,
  };
  return {
    name: "reference",
    operations: Object.fromEntries(Object.keys(operations).map((name) => [name, "reference"])),
    memory: arena === undefined ? "javascript" : arena.shared ? "webassembly (shared)" : "webassembly",
    zeros: arena === undefined ? zeros : (shape, dtype) => zerosIn(arena, shape, dtype),
    ...operations,
  };
}

/** An arena's memory may have been used before, so the zeros are written. */
function zerosIn<D extends Dtype>(arena: Arena, shape: readonly number[], dtype: D): Tensor<ArrayOf<D>> {
  const t: Tensor = dtype === "float64" ? arena.allocate("float64", shape) : arena.allocate("float32", shape);
  t.data.fill(0);
  return t as Tensor<ArrayOf<D>>;
}
