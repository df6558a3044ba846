// Axes: round numbers for ticks, and from values to places.

/** A range of values and the round numbers within it, in increasing order. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** Distance of two ticks. */
  readonly step: number;
}

export interface AxisOptions {
  /** The axis begins here or lower. */
  readonly from?: number;
  /** Where values end by nature, such as 100 %: the axis goes no further. */
  readonly most?: number;
  /** About as many ticks. Default 5. */
  readonly ticks?: number;
}

/** An axis from tick to tick around all finite values. */
export function axisFor(values: readonly number[], options: AxisOptions = {}): Axis {
  const { most = Number.POSITIVE_INFINITY, ticks = 5 } = options;
  const finite = values.filter(Number.isFinite);
  let from = Math.min(...finite, options.from ?? Number.POSITIVE_INFINITY);
  let to = Math.max(...finite, options.from ?? Number.NEGATIVE_INFINITY);
  if (!(from <= to)) [from, to] = [0, 1];
  if (to === from) [from, to] = around(from, options);
  const step = roundStep((to - from) / ticks);
  const first = Math.floor(from / step + 1e-9);
  const last = Math.min(Math.ceil(to / step - 1e-9), Math.floor(most / step + 1e-9));
  return {
    from: first * step,
    to: Math.max(last, first + 1) * step,
    ticks: Array.from({ length: Math.max(last, first + 1) - first + 1 }, (_, i) => (first + i) * step),
    step,
  };
}

/** An axis of whole numbers, which ends at the first and the last of them: epochs. */
export function wholeAxis(first: number, last: number): Axis {
  if (first === last) return { from: first - 0.5, to: first + 0.5, ticks: [first], step: 1 };
  const step = Math.max(1, roundStep((last - first) / 7));
  const ticks: number[] = [];
  for (let tick = Math.ceil(first / step) * step; tick <= last; tick += step) ticks.push(tick);
  return { from: first, to: last, ticks, step };
}

/** Room around one single value: from 0 to twice it, or a little for 0 itself. */
function around(value: number, { most, from }: AxisOptions): [number, number] {
  if (value === 0) return [0, 1];
  if (value === most) return [value - Math.abs(value) / 10, value];
  if (from === 0) return [0, value];
  return [value - Math.abs(value) / 2, value + Math.abs(value) / 2];
}

/** The smallest of 1, 2, 5, 10, … × 10ᵏ that is not below `least`. */
function roundStep(least: number): number {
  const exponent = Number(least.toExponential().split("e")[1]);
  const unit = Number(`1e${exponent}`);
  return (least <= unit ? 1 : least <= 2 * unit ? 2 : least <= 5 * unit ? 5 : 10) * unit;
}

/** Where a value lies between two places. */
export function placeOn({ from, to }: Axis, value: number, start: number, end: number): number {
  return start + ((value - from) / (to - from)) * (end - start);
}
