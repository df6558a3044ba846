// explainLayer: every number of one layer on the way forth and back, as plain data.
import { type IntegerTensor, type Tensor, toNestedArray } from "@gradloom/kernels";
import type { Layer } from "../layers/layer.ts";
import { describeLayer } from "./describe-layer.ts";
import type { ArrayValues, LayerExplanation } from "./explanation.ts";

/**
 * Runs x forward through the layer and dout back, and returns what it took, kept and gave: copies, which nothing
 * changes later. The layer then holds this pass as its latest; its name in the result is its kind, such as "Affine".
 * @throws what the layer throws for an x or a dout that does not fit.
 */
export function explainLayer(layer: Layer, x: Tensor, dout: Tensor): LayerExplanation {
  const y = layer.forward(x);
  const dx = layer.backward(dout);
  return explanationOf(layer, undefined, { x, y, dout, dx });
}

/** The arrays that went through a layer. */
export interface Pass {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly dout: Tensor;
  readonly dx: Tensor;
}

/** To be called after forward and backward; without a name the layer has that of its kind. */
export function explanationOf(layer: Layer, name: string | undefined, pass: Pass): LayerExplanation {
  const { kind, forward, backward, kept = {}, parameters = {}, gradients = {} } = describeLayer(layer);
  return {
    name: name ?? kind,
    kind,
    forward,
    backward,
    input: valuesOf(pass.x),
    kept: allValues(kept),
    parameters: allValues(parameters),
    output: valuesOf(pass.y),
    dout: valuesOf(pass.dout),
    dx: valuesOf(pass.dx),
    gradients: allValues(gradients),
  };
}

function allValues(arrays: Readonly<Record<string, Tensor | IntegerTensor>>): Record<string, ArrayValues> {
  return Object.fromEntries(Object.entries(arrays).map(([name, t]) => [name, valuesOf(t)]));
}

/** An array's elements as nested lists, and its shape. */
export function valuesOf(t: Tensor | IntegerTensor): ArrayValues {
  return { shape: [...t.shape], values: toNestedArray(t) };
}
