// explain: every number of one pass forth and back through a net, as plain data for a table or a drawing.
import type { Tensor } from "@gradloom/kernels";
import { ShapeError } from "../errors.ts";
import type { Layer, LayerDescription } from "../layers/layer.ts";
import type { SoftmaxWithLoss } from "../layers/softmax-with-loss.ts";
import type { Labels } from "../losses/labels.ts";
import { describeLayer } from "./describe-layer.ts";
import { explanationOf, valuesOf } from "./explain-layer.ts";
import type { LayerExplanation, LossExplanation, NetExplanation } from "./explanation.ts";

/** What a net needs to be explained; MultiLayerNet and TwoLayerNet have it, and so has a list of your own layers. */
export interface ExplainableNet {
  /** In the order of forward. A layer that is also a named property of this array has that name. */
  readonly layers: readonly Layer[];
  readonly lastLayer: SoftmaxWithLoss;
}

/**
 * Runs x forward through the net to the loss against t, and back to the first layer, and returns what each layer took,
 * kept and gave: copies, which nothing changes later. Parameters and inputs are not written to; the layers then hold
 * this pass as their latest. Meant for a few samples and small layers: every number becomes an element of a list.
 * @throws ShapeError for a net without layers; else what the layers throw for an x or t that does not fit.
 */
export function explain(net: ExplainableNet, x: Tensor, t: Labels): NetExplanation {
  const { layers, lastLayer } = net;
  if (layers.length === 0) throw new ShapeError("the net has no layers, so there is nothing to explain");
  const inputs: Tensor[] = [x];
  for (const layer of layers) inputs.push(layer.forward(inputs[inputs.length - 1]));
  const scores = inputs[layers.length];
  lastLayer.forward(scores, t);

  // douts[i] is the gradient for inputs[i], and so the dout of the layer before.
  const douts: Tensor[] = [];
  douts[layers.length] = lastLayer.backward();
  for (let i = layers.length - 1; i >= 0; i--) douts[i] = layers[i].backward(douts[i + 1]);

  const names = namesOf(layers);
  return {
    layers: layers.map((layer, i): LayerExplanation => {
      const [x, y, dout, dx] = [inputs[i], inputs[i + 1], douts[i + 1], douts[i]];
      return explanationOf(layer, names[i], { x, y, dout, dx });
    }),
    loss: explainLoss(lastLayer, scores, douts[layers.length]),
  };
}

function explainLoss(lastLayer: SoftmaxWithLoss, scores: Tensor, dx: Tensor): LossExplanation {
  const { t, y, losses, loss, eps, classWeights } = lastLayer;
  const [c, N] = classWeights === undefined ? ["", "N"] : ["c_k · ", "S"];
  return {
    name: "SoftmaxWithLoss",
    forward: [
      "y_k = exp(x_k) / Σ_j exp(x_j)",
      `loss = −(1/${N}) Σ_n Σ_k ${c}t_nk · log(${eps > 0 ? `y_nk + ${eps}` : "y_nk"})`,
    ],
    backward: [
      classWeights === undefined
        ? "dx = (y − t) · dout / N"
        : "dx_nk = (y_nk · Σ_j c_j · t_nj − c_k · t_nk) · dout / S",
    ],
    input: valuesOf(scores),
    t: valuesOf(t),
    y: valuesOf(y),
    losses: valuesOf(losses),
    loss,
    dout: 1,
    dx: valuesOf(dx),
  };
}

/** Each layer's name in the net, else its kind with a number: "Layer2" for the second of its kind. */
function namesOf(layers: readonly Layer[]): string[] {
  const named = new Map<Layer, string>();
  for (const [name, layer] of Object.entries(layers)) if (!/^\d+$/.test(name)) named.set(layer, name);
  const seen: Record<LayerDescription["kind"], number> = {};
  return layers.map((layer) => {
    const { kind } = describeLayer(layer);
    seen[kind] = (seen[kind] ?? 0) + 1;
    return named.get(layer) ?? `${kind}${seen[kind]}`;
  });
}
