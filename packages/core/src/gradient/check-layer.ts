// checkLayer: tests a layer's formula and its manners, for one's own layers too.
import type { Tensor } from "@gradloom/kernels";
import { ValueError } from "../errors.ts";
import type { Layer } from "../layers/layer.ts";
import { random } from "../random/random.ts";
import { assign, copyOf, zerosOf } from "../tensors/copies.ts";
import { eachElement } from "../tensors/elements.ts";
import { type GradientCheckOptions, gradientCheck } from "./gradient-check.ts";
import type { GradientReport } from "./report.ts";

/** Options of checkLayer. */
export interface LayerCheckOptions extends GradientCheckOptions {
  /** The layer's own parameters (float64, the very tensors it computes with), such as `{ W: affine.W, b: affine.b }`. */
  readonly params?: Readonly<Record<string, Tensor>>;
  /** Their gradients after a backward, such as `() => ({ W: affine.dW, b: affine.db })`. */
  readonly grads?: () => Readonly<Record<string, Tensor>>;
}

/**
 * Checks dx, and the gradients of the parameters named in the options, at x. The loss is Σ dout ∘ forward(x) for a
 * dout of normal numbers, so that every output counts and none counts alike. x may have any shape the layer takes;
 * it is copied to float64. In the report dx is called `x`.
 * @throws ValueError when the layer writes to x or dout, or returns something else than the `out` or `dx` it was given.
 */
export function checkLayer(layer: Layer, x: Tensor, options: LayerCheckOptions = {}): GradientReport {
  const input = copyOf(x, "float64");
  const output = copyOf(layer.forward(input));
  const dout = normals(output.shape, options.seed ?? 0);
  const doutBefore = copyOf(dout);
  const dx = copyOf(layer.backward(dout));
  const grads = Object.entries(options.grads?.() ?? {}).map(
    ([name, gradient]) => [name, copyOf(gradient)] as const,
  );
  requireSame(input, copyOf(x, "float64"), "forward or backward wrote to x. Inputs are never written to");
  requireSame(
    dout,
    doutBefore,
    "backward wrote to dout. Inputs are never written to: fill a new array, or dx",
  );

  const given = zerosOf(output.shape, "float64");
  layer.forward(input, given);
  requireSame(given, output, "forward(x, out) left another result in out than forward(x) returns");
  const givenDx = zerosOf(input.shape, "float64");
  layer.backward(dout, givenDx);
  requireSame(givenDx, dx, "backward(dout, dx) left another result in dx than backward(dout) returns");

  return gradientCheck(
    {
      loss: () => dot(dout, layer.forward(input)),
      params: { ...options.params, x: input },
      grads: { ...Object.fromEntries(grads), x: dx },
      masks: () => (layer.mask ? [layer.mask] : []),
    },
    options,
  );
}

function normals(shape: readonly number[], seed: number): Tensor {
  const values = zerosOf(shape, "float64");
  const source = random({ seed, stream: "gradient-check/dout" });
  for (let i = 0; i < values.size; i++) values.data[i] = source.normal(i);
  return values;
}

function dot(a: Tensor, b: Tensor): number {
  let sum = 0;
  eachElement(b, (position, i) => {
    sum += (a.data[i] ?? 0) * (b.data[position] ?? 0);
  });
  return sum;
}

function requireSame(actual: Tensor, expected: Tensor, complaint: string): void {
  const found = assign(zerosOf(expected.shape, "float64"), actual).data;
  if (found.every((value, i) => Object.is(value, expected.data[i]))) return;
  throw new ValueError(`${complaint}.`);
}
