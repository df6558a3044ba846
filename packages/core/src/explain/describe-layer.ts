// A layer's formulas, and what it keeps: from the layer itself if it tells, else as this package knows it.
import { Affine } from "../layers/affine.ts";
import type { Layer, LayerDescription } from "../layers/layer.ts";
import { Relu } from "../layers/relu.ts";
import { Sigmoid } from "../layers/sigmoid.ts";

/** To be called after a backward. */
export function describeLayer(layer: Layer): LayerDescription {
  if (layer.describe) return layer.describe();
  if (layer instanceof Affine) {
    const { x, W, b, dW, db } = layer;
    return {
      kind: "Affine",
      forward: "y = x·W + b",
      backward: ["dx = dout·Wᵀ", "dW = xᵀ·dout", "db = Σ dout over the batch"],
      kept: { x },
      parameters: { W, b },
      gradients: { dW, db },
    };
  }
  if (layer instanceof Relu) {
    return {
      kind: "Relu",
      forward: "y = x where x > 0, else 0",
      backward: ["dx = dout where x > 0, else 0"],
      kept: { mask: layer.mask },
    };
  }
  if (layer instanceof Sigmoid) {
    return {
      kind: "Sigmoid",
      forward: "y = 1 / (1 + exp(−x))",
      backward: ["dx = dout · (1 − y) · y"],
      kept: { y: layer.out },
    };
  }
  return {
    kind: "Layer",
    forward: "y = f(x)",
    backward: ["dx = dout · ∂f/∂x"],
    kept: layer.mask ? { mask: layer.mask } : {},
  };
}
