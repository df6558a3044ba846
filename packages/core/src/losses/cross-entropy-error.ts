// crossEntropyError: how far predicted probabilities are from the right answers (Deep Learning from Scratch, 4.2).
import { type IntegerTensor, log, ndarray, type Tensor } from "@gradloom/kernels";
import { eachElement } from "../tensors/elements.ts";
import { requireEpsilon } from "./epsilon.ts";
import { type Labels, labelsFor } from "./labels.ts";

/** Options of crossEntropyError. */
export interface CrossEntropyErrorOptions {
  /** Added to y inside the log, as the book does with 1e-7. Default 0: the exact value. */
  readonly eps?: number;
}

/**
 * E = −(1/N) Σ_n Σ_k t_nk · log(y_nk + eps), for probabilities y (N, C), or (C,) as one sample.
 * t: one-hot, soft, or class numbers (see `Labels`). Source: sections 4.2.2 to 4.2.4.
 * With eps = 0 a right class of probability 0 costs Infinity; with 1e-7 no sample costs more than 16.118.
 */
export function crossEntropyError(y: Tensor, t: Labels, options: CrossEntropyErrorOptions = {}): number {
  return meanLoss(ndarray(sampleLosses(y, labelsFor(t, y), requireEpsilon(options.eps))));
}

/** −Σ_k t_k · log(y_k + eps) of each sample, for labels that were judged by `labelsFor`. */
export function sampleLosses(y: Tensor, t: Tensor | IntegerTensor, eps: number): Float64Array {
  const classes = y.shape.at(-1) ?? 0;
  const losses = new Float64Array(y.dimension === 1 ? 1 : (y.shape[0] ?? 0));
  const shares = t.dimension === y.dimension ? rowMajor(t) : undefined;
  const classNumbers = shares === undefined ? rowMajor(t) : undefined;
  eachElement(y, (position, i) => {
    const sample = Math.floor(i / classes);
    const share = shares ? shares[i] : classNumbers?.[sample] === i % classes ? 1 : 0;
    // A share of 0 costs nothing, also where y is 0 and its log is −Infinity.
    if (!share) return;
    losses[sample] = (losses[sample] ?? 0) - share * log((y.data[position] ?? 0) + eps);
  });
  return losses;
}

/**
 * The mean over the samples, summed in their order in float64; with weights in the losses, `total` is the weights' sum.
 * No samples have a loss of 0.
 */
export function meanLoss(losses: Tensor, total: number = Math.max(losses.size, 1)): number {
  const { data, size, offset } = losses;
  const [step = 0] = losses.stride;
  let sum = 0;
  for (let i = 0, position = offset; i < size; i++, position += step) sum += data[position] ?? 0;
  return sum / total;
}

function rowMajor(t: Tensor | IntegerTensor): Float64Array {
  const values = new Float64Array(t.size);
  eachElement(t, (position, i) => {
    values[i] = t.data[position] ?? 0;
  });
  return values;
}
