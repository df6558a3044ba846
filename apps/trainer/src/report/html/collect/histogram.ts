// How many values of a tensor lie where: bars of equal width from the smallest to the largest.
import type { Tensor } from "@gradloom/core";
import type { Histogram } from "../report.ts";

const BARS = 41;

/** Values that are all alike get one bar around them. */
export function histogramOf(values: Tensor): Histogram {
  const { data, offset, size } = values; // a window of the parameter vector: contiguous
  let [least, most, sum, zeros] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < size; i++) {
    const value = data[offset + i];
    if (value < least) least = value;
    if (value > most) most = value;
    if (value === 0) zeros += 1;
    sum += value;
  }
  const mean = sum / size;
  const counts = new Array<number>(most > least ? BARS : 1).fill(0);
  const perBar = most > least ? BARS / (most - least) : 0;
  let squares = 0;
  for (let i = 0; i < size; i++) {
    const value = data[offset + i];
    squares += (value - mean) * (value - mean);
    counts[Math.min(counts.length - 1, Math.floor((value - least) * perBar))] += 1;
  }
  const around = most > least ? 0 : Math.abs(least) / 2 || 1;
  return {
    from: least - around,
    to: most + around,
    counts,
    values: size,
    mean,
    deviation: Math.sqrt(squares / size),
    zeros: zeros / size,
  };
}
