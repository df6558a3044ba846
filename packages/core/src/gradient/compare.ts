// Compares one parameter's gradient with central differences, element by element.
import type { Tensor } from "@gradloom/kernels";
import { permutation } from "../random/shuffle.ts";
import { eachElement } from "../tensors/elements.ts";
import { indexAt } from "../tensors/shapes.ts";
import { centralDifference } from "./central-difference.ts";
import type { KinkWatch } from "./kink-watch.ts";
import type { ParameterReport } from "./report.ts";

export interface Comparison {
  readonly loss: () => number;
  readonly watch: KinkWatch;
  readonly h: number;
  /** How many elements to compare at most, and which: a seeded choice. */
  readonly sample: number | undefined;
  readonly seed: number;
}

export function compareGradient(
  name: string,
  parameter: Tensor,
  gradient: Tensor,
  { loss, watch, h, sample, seed }: Comparison,
): ParameterReport {
  const positions = new Float64Array(parameter.size);
  eachElement(parameter, (position, i) => {
    positions[i] = position;
  });
  const entries = new Float64Array(gradient.size);
  eachElement(gradient, (position, i) => {
    entries[i] = gradient.data[position] ?? 0;
  });

  const kinks: number[][] = [];
  const compared: { i: number; difference: number }[] = [];
  let largestEntry = entries.reduce((largest, entry) => greater(largest, Math.abs(entry)), 0);
  for (const i of chosen(parameter.size, sample, { seed, stream: `gradient-check/${name}` })) {
    watch.start();
    const slope = centralDifference(() => watch.after(loss()), parameter, positions[i] ?? 0, h);
    if (watch.crossed) {
      kinks.push(indexAt(parameter.shape, i));
      continue;
    }
    compared.push({ i, difference: Math.abs(slope - (entries[i] ?? 0)) });
    largestEntry = greater(largestEntry, Math.abs(slope));
  }

  const maximum = compared.reduce((largest, { difference }) => greater(largest, difference), 0);
  const worst = compared.find(({ difference }) => Object.is(difference, maximum));
  return {
    count: compared.length,
    maxAbsoluteDifference: maximum,
    meanAbsoluteDifference:
      compared.reduce((sum, { difference }) => sum + difference, 0) / Math.max(compared.length, 1),
    relativeError: maximum === 0 ? 0 : maximum / largestEntry,
    worst: worst === undefined ? [] : indexAt(parameter.shape, worst.i),
    kinks,
  };
}

/** The larger number; NaN beats every number, so that it cannot hide in a report. */
export function greater(a: number, b: number): number {
  return b > a || Number.isNaN(b) ? b : a;
}

/** All element numbers in order, or a seeded choice of some, in order. */
function chosen(
  size: number,
  sample: number | undefined,
  address: { seed: number; stream: string },
): Iterable<number> {
  if (sample === undefined || sample >= size) return Array.from({ length: size }, (_, i) => i);
  return permutation(size, address).slice(0, sample).sort();
}
