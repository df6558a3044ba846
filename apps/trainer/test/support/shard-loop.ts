// Training in shards as a plain loop over core's net, in one thread: what the engine must equal, bit for bit, whatever
// the number of workers and ranks. Written from the definition, with none of the engine's own cuts.
import { Affine, MultiLayerNet, permutation, windows } from "@gradloom/core";
import ndarray from "ndarray";
import type { TrainingData } from "../../src/data/dataset.ts";
import { resolveOptions } from "../../src/options.ts";
import { optimizerOf } from "../../src/parallel/optimizer.ts";
import { type LoopOptions, labelsOf, minibatch } from "./plain-loop.ts";

export function shardLoop(
  { train: set }: TrainingData,
  given: LoopOptions & { shards: number },
): MultiLayerNet {
  const { dtype, hidden, seed, epochs, batchSize, shards = 1, ...options } = resolveOptions(given);
  const net = new MultiLayerNet({
    inputSize: set.columns,
    hiddenSizes: [hidden].flat(),
    outputSize: set.classes,
    weightInit: options.init,
    seed,
    dtype,
    activation: options.activation,
  });
  const walker = optimizerOf(options.optimizer, { learningRate: options.learningRate });
  const Float = dtype === "float32" ? Float32Array : Float64Array;
  const affines = net.layers.filter((layer) => layer instanceof Affine);
  const steps = Math.ceil(set.rows / batchSize);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const orders = Array.from({ length: shards }, (_, shard) => {
      const first = Math.floor((shard * set.rows) / shards);
      const count = Math.floor(((shard + 1) * set.rows) / shards) - first;
      return permutation(count, { seed, stream: `shuffle/${epoch}/shard-${shard}` }).map(
        (row) => first + row,
      );
    });
    for (let step = 0; step < steps; step++) {
      const batches = orders.map((order) =>
        order.slice(
          Math.floor((order.length * step) / steps),
          Math.floor((order.length * (step + 1)) / steps),
        ),
      );
      const all = batches.reduce((sum, batch) => sum + batch.length, 0);
      let sums = batches.map((rows) => {
        const gradient = new Float(net.layout.length);
        if (rows.length === 0) return gradient;
        // Backwards from the loss by hand: what it is a mean over are the rows of all shards.
        net.lastLayer.forward(net.predict(minibatch(set, rows, dtype)), labelsOf(set, rows));
        let dout = net.lastLayer.backward(1, undefined, all);
        for (const layer of net.layers.toReversed()) dout = layer.backward(dout);
        for (const [name, { offset, size }] of Object.entries(net.layout.entries)) {
          const affine = affines[Number(name.slice(1)) - 1];
          const part = name.startsWith("W") ? affine?.dW : affine?.db;
          for (let i = 0; i < size; i++) gradient[offset + i] = part?.data[part.offset + i] ?? Number.NaN;
        }
        return gradient;
      });
      // Neighbours first, then neighbouring pairs: float32 rounds after every addition.
      while (sums.length > 1) {
        sums = sums.flatMap((left, i) => {
          const right = sums[i + 1];
          return i % 2 === 0 && right !== undefined ? [left.map((value, k) => value + (right[k] ?? 0))] : [];
        });
      }
      walker.update(net.params, windows(net.layout, ndarray(sums[0] ?? new Float(0))));
    }
  }
  return net;
}
