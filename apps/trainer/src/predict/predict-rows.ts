// A model's answer to each row: its class and the probability of every class.
import { argmax, type Kernels, softmax, type Tensor } from "@gradloom/core";
import { createKernels } from "@gradloom/kernels";
import type { Model } from "../model/model-file.ts";

/** The answer to one row. */
export interface Prediction {
  /** Which row: its file, and its number from 1 where a file has many. */
  readonly row: string;
  /** The class of the largest score; the first of those that are equal. */
  readonly predicted: number;
  /** One for each class; they sum to 1. A view: copy what is to be kept. */
  readonly probabilities: Float32Array | Float64Array;
}

/** Rows at a time: what the net computes on the way need not be held for all of them. */
const CHUNK = 1000;

/**
 * In the order of the rows; nothing is computed before it is asked for. `x` is (N, D), ready for the net, as
 * `readRows` gives it. The probabilities come from `kernels`; by default the strict ones, with the same digits on every
 * machine for a net on strict kernels.
 */
export function* predictRows(
  { net }: Pick<Model, "net">,
  { x, names }: { readonly x: Tensor; readonly names: readonly string[] },
  kernels: Kernels = createKernels({ backend: "wasm" }),
): Generator<Prediction, void, undefined> {
  for (let from = 0; from < names.length; from += CHUNK) {
    const count = Math.min(CHUNK, names.length - from);
    const scores = net.predict(x.lo(from, 0).hi(count, -1)); // (count, C)
    const predicted = argmax(scores).data;
    const { data, offset, shape } = softmax(scores, { kernels });
    const classes = shape[1] ?? 0;
    for (let i = 0; i < count; i++) {
      const start = offset + i * classes;
      yield {
        row: names[from + i] ?? "",
        predicted: predicted[i] ?? 0,
        probabilities: data.subarray(start, start + classes),
      };
    }
  }
}

/** The k likeliest classes, likeliest first; equal ones in the order of the classes. */
export function likeliest(probabilities: ArrayLike<number>, k: number): readonly number[] {
  return Array.from(probabilities, (_, index) => index)
    .sort((a, b) => (probabilities[b] ?? 0) - (probabilities[a] ?? 0) || a - b)
    .slice(0, k);
}
