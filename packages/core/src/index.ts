// The public API of @gradloom/core: everything that may be imported is named here.
export {
  type ArrayOf,
  createKernels,
  type Dtype,
  type FloatArray,
  type IntegerArray,
  type IntegerTensor,
  type Kernels,
  type Nested,
  type Tensor,
  tensor,
  toNestedArray,
} from "@gradloom/kernels";
export { clipByGlobalNorm, clipFactor, globalNorm } from "./clipping/clip-by-global-norm.ts";
export { clipByValue } from "./clipping/clip-by-value.ts";
export { CallOrderError, DtypeError, ShapeError, ValueError } from "./errors.ts";
export { type ExplainableNet, explain } from "./explain/explain.ts";
export { explainLayer } from "./explain/explain-layer.ts";
export type {
  ArrayValues,
  LayerExplanation,
  LossExplanation,
  NetExplanation,
} from "./explain/explanation.ts";
export { type LoadModelOptions, loadModel } from "./files/load-model.ts";
export type { ModelLayout } from "./files/model-layout.ts";
export type { StorableNet } from "./files/net-parts.ts";
export { type ExportOnnxOptions, exportOnnx } from "./files/onnx/export-onnx.ts";
export type { InputStandardization } from "./files/onnx/standardize-input.ts";
export type { SafetensorsArrays, SafetensorsDtype, SafetensorsTensor } from "./files/safetensors/dtypes.ts";
export {
  SafetensorsError,
  type SafetensorsErrorDetails,
  type SafetensorsRule,
} from "./files/safetensors/error.ts";
export {
  type ReadSafetensorsOptions,
  readSafetensors,
  type SafetensorsFile,
} from "./files/safetensors/read.ts";
export { writeSafetensors } from "./files/safetensors/write.ts";
export { type SaveModelOptions, saveModel } from "./files/save-model.ts";
export { checkLayer, type LayerCheckOptions } from "./gradient/check-layer.ts";
export type { CheckableNet } from "./gradient/check-net.ts";
export { checkNet } from "./gradient/check-net.ts";
export { formatReport } from "./gradient/format-report.ts";
export {
  type GradientCheckOptions,
  type GradientCheckSubject,
  gradientCheck,
} from "./gradient/gradient-check.ts";
export { numericalGradient } from "./gradient/numerical-gradient.ts";
export type { GradientReport, ParameterReport } from "./gradient/report.ts";
export type { KernelsOption } from "./kernels-option.ts";
export { AddLayer } from "./layers/add-layer.ts";
export { Affine, type AffineOptions, type RowRange } from "./layers/affine.ts";
export type { Layer, LayerDescription } from "./layers/layer.ts";
export { MulLayer } from "./layers/mul-layer.ts";
export { Relu } from "./layers/relu.ts";
export { Sigmoid } from "./layers/sigmoid.ts";
export { SoftmaxWithLoss, type SoftmaxWithLossOptions } from "./layers/softmax-with-loss.ts";
export { type CrossEntropyErrorOptions, crossEntropyError } from "./losses/cross-entropy-error.ts";
export type { Labels } from "./losses/labels.ts";
export { softmax } from "./losses/softmax.ts";
export type { Weights } from "./losses/weighted-labels.ts";
export type { Activation } from "./nets/activation.ts";
export { MultiLayerNet, type MultiLayerNetOptions } from "./nets/multi-layer-net.ts";
export type { NetLayers } from "./nets/net-layers.ts";
export type { ParameterOptions } from "./nets/net-parameters.ts";
export { backwardToFirst, forward, parameterGradients } from "./nets/propagate.ts";
export {
  type ParameterName,
  TwoLayerNet,
  type TwoLayerNetOptions,
  type TwoLayers,
} from "./nets/two-layer-net.ts";
export { AdaGrad, type AdaGradOptions } from "./optimizers/adagrad.ts";
export { Adam, type AdamOptions } from "./optimizers/adam.ts";
export { AdamW, type AdamWOptions } from "./optimizers/adamw.ts";
export { BaseOptimizer, type OptimizerOptions } from "./optimizers/base-optimizer.ts";
export { Momentum, type MomentumOptions } from "./optimizers/momentum.ts";
export { Nesterov, type NesterovOptions } from "./optimizers/nesterov.ts";
export type { NamedTensors, Optimizer } from "./optimizers/optimizer.ts";
export { RMSProp, type RMSPropOptions } from "./optimizers/rmsprop.ts";
export { SGD, type SGDOptions } from "./optimizers/sgd.ts";
export { type InitialValuesOptions, initialValues, type WeightInit } from "./parameters/initial-values.ts";
export { layout, type ParameterLayout, type ParameterWindow, windows } from "./parameters/layout.ts";
export type { StreamAddress } from "./random/address.ts";
export { philox4x32 } from "./random/philox.ts";
export { type RandomStream, random } from "./random/random.ts";
export { permutation } from "./random/shuffle.ts";
export { constant } from "./schedules/constant.ts";
export { type CosineDecayOptions, cosineDecay } from "./schedules/cosine-decay.ts";
export { type LinearWarmUpOptions, linearWarmUp } from "./schedules/linear-warm-up.ts";
export { type PlateauOptions, type PlateauState, reduceOnPlateau } from "./schedules/reduce-on-plateau.ts";
export type { Schedule } from "./schedules/schedule.ts";
export { type StepDecayOptions, stepDecay } from "./schedules/step-decay.ts";
export { argmax } from "./tensors/argmax.ts";
export type { Input } from "./tensors/input.ts";
