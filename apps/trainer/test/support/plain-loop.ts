// Training as the book writes it: a plain loop over core's net in one thread. What the parallel engine must equal, bit for bit.
import {
  clipByGlobalNorm,
  MultiLayerNet,
  type MultiLayerNetOptions,
  type PlateauState,
  permutation,
  reduceOnPlateau,
  type Schedule,
} from "@gradloom/core";
import type { Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";
import type { Dataset, TrainingData } from "../../src/data/dataset.ts";
import { resolveOptions, type TrainingOptions } from "../../src/options.ts";
import { optimizerOf } from "../../src/parallel/optimizer.ts";

export type LoopOptions = Partial<TrainingOptions> & Pick<TrainingOptions, "epochs" | "batchSize">;

export interface LoopSettings {
  readonly schedule?: Schedule;
  readonly plateau?: { readonly patience: number; readonly factor: number };
  /** The net's own kernels, and whether its first layer skips zeros. */
  readonly layers?: Pick<MultiLayerNetOptions, "kernels" | "sparseInput">;
}

/** Rows as floats, pixel by pixel. */
export function minibatch(set: Dataset, rows: Int32Array, dtype: "float32" | "float64"): Tensor {
  const Float = dtype === "float32" ? Float32Array : Float64Array;
  const scale = dtype === "float32" ? Math.fround(set.scale) : set.scale;
  const values = new Float(rows.length * set.columns);
  rows.forEach((row, i) => {
    for (let j = 0; j < set.columns; j++)
      values[i * set.columns + j] = (set.images[row * set.columns + j] ?? 0) * scale;
  });
  return ndarray(values, [rows.length, set.columns]);
}

/** Class numbers of rows. */
export function labelsOf(set: Dataset, rows: Int32Array): ReturnType<typeof ndarray<Int32Array>> {
  return ndarray(Int32Array.from(rows, (row) => set.labels[row] ?? -1));
}

export function plainLoop(
  data: TrainingData,
  given: LoopOptions,
  settings: LoopSettings = {},
): MultiLayerNet {
  const options = resolveOptions(given);
  const { dtype, activation, hidden, seed, epochs, batchSize, clipNorm, weightDecay, momentum } = options;
  const set = data.train;
  const net = new MultiLayerNet({
    inputSize: set.columns,
    hiddenSizes: [hidden].flat(),
    outputSize: set.classes,
    weightInit: options.init,
    seed,
    dtype,
    activation,
    ...settings.layers,
  });
  const walker = optimizerOf(options.optimizer, {
    learningRate: options.learningRate,
    ...(weightDecay === undefined ? {} : { weightDecay }),
    ...(momentum === undefined ? {} : { momentum }),
  });
  const Float = dtype === "float32" ? Float32Array : Float64Array;
  const flat = ndarray(new Float(net.layout.length));
  let plateau: PlateauState = { learningRate: options.learningRate };
  let iteration = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const order = permutation(set.rows, { seed, stream: `shuffle/${options.overfitOneBatch ? 1 : epoch}` });
    for (let step = 0; step < Math.ceil(set.rows / batchSize); step++) {
      if (step === options.limitBatches) break;
      const start = options.overfitOneBatch ? 0 : step * batchSize;
      if (options.overfitOneBatch && (step + 1) * batchSize > set.rows) break;
      const rows = order.slice(start, start + batchSize);
      const grads = net.gradient(minibatch(set, rows, dtype), labelsOf(set, rows), flat);
      if (clipNorm !== undefined) clipByGlobalNorm(flat, clipNorm, flat);
      iteration += 1;
      const rate = settings.plateau ? plateau.learningRate : settings.schedule?.(iteration);
      walker.update(net.params, grads, rate);
    }
    if (settings.plateau && data.validation) {
      const all = Int32Array.from({ length: data.validation.rows }, (_, row) => row);
      const loss = net.loss(minibatch(data.validation, all, dtype), labelsOf(data.validation, all));
      plateau = reduceOnPlateau(plateau, loss, settings.plateau);
    }
  }
  return net;
}
