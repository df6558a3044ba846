// What it could bring at most to exchange the upper layers' gradients while those below are still being computed.
import { bandwidthTerms, latencyTerms } from "./exchange-model.ts";
import type { Network } from "./network.ts";

/** One layer's part of a step: operations and bytes on one rank. */
export interface LayerWork {
  /** Seconds of the product that makes dW; forward takes as long, and so does dx. */
  readonly product: number;
  /** Bytes of dW and db. */
  readonly bytes: number;
}

/**
 * A bound that no order of work can beat, in seconds: when a layer's gradient is ready, its bytes and those of all layers
 * below it still have to be sent, one after the other. Layers are computed from the last to the first, dW before dx, and
 * bytes flow from the moment that they are there; of messages only those of one exchange are counted.
 *
 * @param layers from the input on
 */
export function leastStepWithOverlap(layers: readonly LayerWork[], ranks: number, network: Network): number {
  const sum = (of: (layer: LayerWork) => number): number => layers.reduce((all, layer) => all + of(layer), 0);
  let now = sum(({ product }) => product);
  let unsent = sum(({ bytes }) => bytes);
  let least = 0;
  for (const [i, { product, bytes }] of [...layers.entries()].reverse()) {
    now += product;
    least = Math.max(least, now + bandwidthTerms(ranks, unsent, network));
    unsent -= bytes;
    // The first layer has no gradient for its input.
    if (i > 0) now += product;
  }
  return least + latencyTerms(ranks, network);
}
