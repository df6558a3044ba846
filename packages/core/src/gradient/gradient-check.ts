// gradientCheck: is a gradient right? Compares it with central differences, in float64 (section 5.7.3 of the book).
import type { IntegerTensor, Tensor } from "@gradloom/kernels";
import { ShapeError, ValueError } from "../errors.ts";
import { sameShape, shapeText } from "../tensors/shapes.ts";
import { requireDifferentiable } from "./central-difference.ts";
import { compareGradient, greater } from "./compare.ts";
import { KinkWatch } from "./kink-watch.ts";
import type { GradientReport, ParameterReport } from "./report.ts";

/** Options of gradientCheck, checkLayer and checkNet. */
export interface GradientCheckOptions {
  /** Half the distance of the difference quotient. Default 1e-4, the book's. */
  readonly h?: number;
  /** Compare at most this many elements of each parameter, chosen by `seed`. Default: all. */
  readonly sample?: number;
  /** Which elements a `sample` takes. Default 0. */
  readonly seed?: number;
}

/** What gradientCheck compares: a loss, its parameters, and their gradients by backpropagation. */
export interface GradientCheckSubject {
  /** Runs forward with the present values and returns the loss. */
  readonly loss: () => number;
  /** What `loss` reads: float64 tensors, moved in place by ±h and put back exactly. */
  readonly params: Readonly<Record<string, Tensor>>;
  /** The gradient under test: one tensor for each parameter, in its shape. */
  readonly grads: Readonly<Record<string, Tensor>>;
  /** The `mask` of every layer that bends, read after each `loss`. Without it kinks go unnoticed. */
  readonly masks?: () => readonly IntegerTensor[];
}

/**
 * Compares every element of every gradient with (loss(+h) − loss(−h)) / 2h and reports the differences. It prints
 * nothing and judges nothing: hold `relativeError` against a bound, 1e-7 for a right gradient.
 * Elements that carry a value across a bend are reported as kinks instead of loosening the bound.
 * `checkLayer` and `checkNet` prepare the subject for a layer and for a net.
 * @throws DtypeError for float32 parameters; ShapeError or ValueError for gradients that are missing or misshaped.
 */
export function gradientCheck(
  subject: GradientCheckSubject,
  options: GradientCheckOptions = {},
): GradientReport {
  const { loss, params, grads, masks } = subject;
  const { h = 1e-4, sample, seed = 0 } = options;
  const comparison = { loss, watch: new KinkWatch(loss, masks), h, sample, seed };
  const parameters: Record<string, ParameterReport> = {};
  for (const [name, parameter] of Object.entries(params)) {
    requireDifferentiable(parameter, h, name);
    const gradient = requireGradient(name, parameter, grads);
    parameters[name] = compareGradient(name, parameter, gradient, comparison);
  }
  const reports = Object.values(parameters);
  return {
    parameters,
    relativeError: reports.reduce((largest, { relativeError }) => greater(largest, relativeError), 0),
    kinks: reports.reduce((sum, { kinks }) => sum + kinks.length, 0),
  };
}

function requireGradient(name: string, parameter: Tensor, grads: Readonly<Record<string, Tensor>>): Tensor {
  const gradient = grads[name];
  if (gradient === undefined) {
    throw new ValueError(`no gradient for ${name}; grads has ${Object.keys(grads).join(", ") || "nothing"}`);
  }
  if (!sameShape(gradient.shape, parameter.shape)) {
    throw new ShapeError(
      `the gradient of ${name} has shape ${shapeText(gradient.shape)}, and ${name} has ${shapeText(parameter.shape)}`,
    );
  }
  return gradient;
}
