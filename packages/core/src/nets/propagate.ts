// One pass through a list of layers, forward and backward. Nets and the parallel trainer run these same functions.
//
//   x ─ layers[0] ─ out[0] ─ layers[1] ─ out[1] ─ … ─ out[last]      forward
//                  dout[0]            dout[1]         dout[last]     backwardToFirst, from right to left
import { isBytes, type Tensor } from "@gradloom/kernels";
import { DtypeError, ValueError } from "../errors.ts";
import { Affine } from "../layers/affine.ts";
import type { Layer } from "../layers/layer.ts";
import { Relu } from "../layers/relu.ts";
import type { Input } from "../tensors/input.ts";

/**
 * out[i] ← layers[i].forward(out[i − 1]), with x before the first. Returns the last output. No `out`: new arrays.
 * An Affine with a Relu behind it is one pass over the output: the same bits, but nobody writes the Affine's out.
 * @throws DtypeError for bytes before another layer than an Affine, which alone can be told what they are worth.
 */
export function forward(layers: readonly Layer[], x: Input, out: readonly Tensor[] = []): Tensor {
  let input = x;
  for (let i = 0; i < layers.length; i++) {
    const layer = at(layers, i, "layers");
    const next = layers[i + 1];
    if (layer instanceof Affine && next instanceof Relu) {
      i += 1;
      input = layer.forwardThen(next, input, out[i]);
    } else if (layer instanceof Affine) input = layer.forward(input, out[i]);
    else input = layer.forward(floats(input), out[i]);
  }
  return floats(input);
}

function floats(x: Input): Tensor {
  if (!isBytes(x)) return x;
  throw new DtypeError(
    "x holds uint8 elements, which only an Affine takes, with the option byteScale; give floats",
  );
}

/**
 * dout[i − 1] ← gradient of layers[i] for its input, from dout[i], for i from the last layer down to the second.
 * dout[i] is the gradient for the output of layers[i]; the caller fills the last one. The first layer's input is
 * data, so nobody needs its dx; no parameter's gradient is computed here.
 */
export function backwardToFirst(layers: readonly Layer[], dout: readonly Tensor[]): void {
  for (let i = layers.length - 1; i > 0; i--) {
    const layer = at(layers, i, "layers");
    const from = at(dout, i, "dout");
    const to = at(dout, i - 1, "dout");
    if (layer.inputGradient) layer.inputGradient(from, to);
    else layer.backward(from, to);
  }
}

/**
 * The gradients of the k-th Affine layer into grads.Wk and grads.bk, k from 1, from what the two passes left:
 * the batch x, each layer's out and each layer's dout.
 */
export function parameterGradients(
  layers: readonly Layer[],
  x: Input,
  out: readonly Tensor[],
  dout: readonly Tensor[],
  grads: Readonly<Record<string, Tensor>>,
): void {
  let k = 0;
  for (let i = 0; i < layers.length; i++) {
    const layer = at(layers, i, "layers");
    if (!(layer instanceof Affine)) continue;
    k += 1;
    const input = i === 0 ? x : at(out, i - 1, "out");
    layer.weightGradient(input, at(dout, i, "dout"), undefined, grads[`W${k}`]);
    layer.biasGradient(at(dout, i, "dout"), grads[`b${k}`]);
  }
}

function at<T>(list: readonly T[], i: number, name: string): T {
  const item = list[i];
  if (item === undefined) throw new ValueError(`${name}[${i}] is missing; one for each layer is needed`);
  return item;
}
