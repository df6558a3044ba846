// Weights of classes and of samples: how much each label counts in a loss, and what the loss is then a mean over.
import { type IntegerTensor, type Kernels, ndarray, type Tensor } from "@gradloom/kernels";
import { ShapeError, ValueError } from "../errors.ts";
import { assign, copyOf } from "../tensors/copies.ts";
import { eachElement } from "../tensors/elements.ts";
import { shapeText } from "../tensors/shapes.ts";
import { sampleLosses } from "./cross-entropy-error.ts";

/** One weight each: a 1-D tensor or a list of finite numbers of 0 or more. */
export type Weights = Tensor | readonly number[];

/** Labels with their weights worked in. */
export interface WeightedLabels {
  /** u_nk = w_n·c_k·t_nk, (N, C), row by row, in float64. */
  readonly shares: Float64Array;
  /** C. */
  readonly classes: number;
  /** Σ w_n·c_{t_n} for class numbers, Σ w_n for distributions. */
  readonly total: number;
}

/**
 * Labels that `labelsFor` has judged, for scores x (N, C) or (C,), with class weights c (C,) and sample weights w (N,),
 * each 1 where left out; undefined where both are.
 * @throws ShapeError for another number of weights; ValueError for a weight that cannot be, or none above 0.
 */
export function weightedLabels(
  t: Tensor | IntegerTensor,
  x: Tensor,
  classWeights: Weights | undefined,
  sampleWeights: Weights | undefined,
): WeightedLabels | undefined {
  if (classWeights === undefined && sampleWeights === undefined) return undefined;
  const classes = x.shape.at(-1) ?? 0;
  const samples = x.dimension === 1 ? 1 : (x.shape[0] ?? 0);
  const c = numbers("classWeights", classWeights, classes, `the classes of scores ${shapeText(x.shape)}`);
  const w = numbers("weights", sampleWeights, samples, `the samples of scores ${shapeText(x.shape)}`);
  const shares = new Float64Array(samples * classes);
  let total = 0;
  if (t.dimension === x.dimension) {
    eachElement(t, (position, i) => {
      shares[i] = w[Math.floor(i / classes)] * c[i % classes] * t.data[position];
    });
    for (const weight of w) total += weight;
  } else {
    eachElement(t, (position, n) => {
      const k = t.data[position];
      shares[n * classes + k] = w[n] * c[k];
      total += w[n] * c[k];
    });
  }
  if (total > 0) return { shares, classes, total };
  throw new ValueError(`the weights of all ${samples} samples are 0, so the loss is a mean over nothing`);
}

/**
 * −Σ_k u_nk · log(y_nk + eps) of each sample n, for y = softmax(x); with eps 0 exactly, through log softmax.
 * What has no weight costs nothing.
 */
export function weightedLosses(
  kernels: Kernels,
  x: Tensor,
  y: Tensor,
  { shares, classes }: WeightedLabels,
  eps: number,
): Float64Array {
  if (eps > 0) return sampleLosses(y, ndarray(shares, [...y.shape]), eps);
  const logY = kernels.logSoftmax(x);
  const losses = new Float64Array(shares.length / classes);
  eachElement(logY, (position, i) => {
    if (shares[i] > 0) losses[Math.floor(i / classes)] -= shares[i] * logY.data[position];
  });
  return losses;
}

/**
 * dx_nk ← (y_nk · Σ_j u_nj − u_nk) · scale: the gradient of softmax with the weighted loss, in y's shape; a new array
 * where dx is left out. @throws ShapeError for a dx of another shape.
 */
export function weightedGradient(y: Tensor, labels: WeightedLabels, scale: number, dx?: Tensor): Tensor {
  const { shares, classes } = labels;
  const sums = new Float64Array(shares.length / classes);
  for (let i = 0; i < shares.length; i++) sums[Math.floor(i / classes)] += shares[i];
  const gradient = copyOf(y);
  for (let i = 0; i < shares.length; i++) {
    gradient.data[i] = (gradient.data[i] * sums[Math.floor(i / classes)] - shares[i]) * scale;
  }
  return dx === undefined ? gradient : assign(dx, gradient);
}

function numbers(name: string, weights: Weights | undefined, count: number, of: string): Float64Array {
  if (weights === undefined) return new Float64Array(count).fill(1);
  const t = isTensor(weights) ? weights : ndarray(Float64Array.from(weights));
  if (t.dimension !== 1 || t.shape[0] !== count) {
    throw new ShapeError(
      `${name} has shape ${shapeText(t.shape)}, and ${of} are ${count}: give one weight each`,
    );
  }
  const values = new Float64Array(count);
  eachElement(t, (position, i) => {
    const value = t.data[position];
    if (!(value >= 0 && value < Infinity)) {
      throw new ValueError(`${name}[${i}] is ${value}; a finite number of 0 or more is needed`);
    }
    values[i] = value;
  });
  return values;
}

function isTensor(weights: Weights): weights is Tensor {
  return !Array.isArray(weights);
}
