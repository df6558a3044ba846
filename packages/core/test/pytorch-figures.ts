// What PyTorch computed (fixtures/make-pytorch-figures.py), and the net, data and labels it computed that on.
import { readFileSync } from "node:fs";
import type { IntegerTensor, Kernels, Nested, Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";
import { MultiLayerNet } from "../src/index.ts";
import { ints } from "./arrays.ts";

interface Figures {
  readonly first: { readonly scores: Nested; readonly loss: number; readonly grads: readonly Nested[] };
  readonly runs: readonly {
    readonly optimizer: "SGD" | "Momentum" | "Nesterov" | "AdaGrad" | "RMSProp" | "Adam" | "AdamW";
    readonly options: Readonly<Record<string, number>>;
    readonly losses: readonly number[];
    readonly parameters: readonly number[];
  }[];
  readonly weighted: Readonly<
    Record<"classes" | "shares", { readonly loss: number; readonly losses: Nested; readonly dx: Nested }>
  >;
  readonly schedules: Readonly<Record<"step" | "cosine" | "warmUp", readonly number[]>> & {
    readonly plateau: { readonly losses: readonly number[]; readonly rates: readonly number[] };
  };
  readonly clipping: Readonly<Record<"grads" | "byNorm" | "byLargeNorm" | "byValue", readonly number[][]>> & {
    readonly norm: number;
  };
}

const file = new URL("./fixtures/pytorch-figures.json", import.meta.url);
export const figures: Figures = JSON.parse(readFileSync(file, "utf8"));

const SIZES = [6, 5, 4, 3];
const BATCH = 8;
const BATCHES = 3;

/** The same small fractions as in the Python program. */
export function fractions(shape: number[], factor: number, modulus: number, divisor: number): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const half = Math.floor(modulus / 2);
  return ndarray(
    Float64Array.from({ length: size }, (_, i) => (((i * factor) % modulus) - half) / divisor),
    shape,
  );
}

const X = fractions([BATCH * BATCHES, 6], 29, 97, 40);
const T = ints(...Array.from({ length: BATCH * BATCHES }, (_, n) => (n * 7 + Math.floor(n / 3)) % 3));

/** The minibatch of a step, counted from 0. */
export function batchOf(step: number): [x: Tensor, t: IntegerTensor] {
  const from = (step % BATCHES) * BATCH;
  return [X.lo(from, 0).hi(BATCH, 6), T.lo(from).hi(BATCH)];
}

/** The 3-layer net with its first parameters. */
export function firstNet(kernels: Kernels): MultiLayerNet {
  const net = new MultiLayerNet({
    inputSize: 6,
    hiddenSizes: [5, 4],
    outputSize: 3,
    activation: ["relu", "sigmoid"],
    dtype: "float64",
    kernels,
  });
  for (let k = 1; k < SIZES.length; k++) {
    const [W, b] = [net.params[`W${k}`], net.params[`b${k}`]];
    W.data.set(fractions(W.shape, 37 + k, 101, 60).data, W.offset);
    b.data.set(fractions(b.shape, 17 + k, 31, 40).data, b.offset);
  }
  return net;
}
