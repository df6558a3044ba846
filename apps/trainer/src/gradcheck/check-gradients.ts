// Checks a net's gradients on real rows: backpropagation against central differences, in float64.
import { checkNet, formatReport, type GradientReport, type MultiLayerNet, type Tensor } from "@gradloom/core";
import ndarray from "ndarray";
import { GradientCheckError } from "./gradient-check-error.ts";

/** What is checked, and how closely. */
export interface GradientCheck {
  readonly net: MultiLayerNet;
  /** (N, D), in any float type. */
  readonly x: Tensor;
  /** N class numbers. */
  readonly labels: Int32Array;
  /** At most so many elements of each parameter. */
  readonly samples: number;
  /** Half the distance of the difference quotient. */
  readonly h: number;
  /** Which elements are taken. */
  readonly seed: number;
  /** The largest relative error that counts as right. */
  readonly bound: number;
}

export interface GradientVerdict {
  readonly report: GradientReport;
  /** A table and a sentence. */
  readonly text: string;
  /** What to throw when the gradients are not known to be right. */
  readonly error: GradientCheckError | undefined;
}

export function checkGradients({ net, x, labels, samples, h, seed, bound }: GradientCheck): GradientVerdict {
  const report = checkNet(net, x, ndarray(labels), { h, sample: samples, seed });
  return { report, text: formatReport(report, bound), error: judge(report, bound) };
}

/** A parameter without a single compared element proves nothing about itself. */
function judge({ parameters }: GradientReport, bound: number): GradientCheckError | undefined {
  const all = Object.entries(parameters);
  // Written so that NaN counts as wrong.
  const wrong = all.filter(([, { count, relativeError }]) => count > 0 && !(relativeError <= bound));
  if (wrong.length > 0) {
    const names = wrong.map(([name, { relativeError }]) => `${name} by ${relativeError.toExponential(1)}`);
    return new GradientCheckError(
      `the gradients differ from the differences, relative to their largest entry: ${names.join(", ")}; the bound is ` +
        `${bound}. With the default --h and --bound that is a fault in gradloom: please report it with the table.`,
    );
  }
  const unknown = all.filter(([, { count }]) => count === 0).map(([name]) => name);
  if (unknown.length === 0) return undefined;
  return new GradientCheckError(
    `nothing of ${unknown.join(", ")} was compared: every element that was tried carries a value across a kink. ` +
      "Use more --samples, a smaller --h or other rows.",
  );
}
