// Numbers in charts and tables: short ones for ticks, exact enough ones for sentences, tidy ones for places.
import { formatCount } from "../../format.ts";
import type { Axis } from "./axis.ts";

/** A tick of an axis, with as many decimals as tell it from its neighbours. */
export function tickText(value: number, axis: Axis): string {
  return plainTick(value, axis).replaceAll("-", "−");
}

function plainTick(value: number, { step, to, from }: Axis): string {
  if (value === 0) return "0";
  const exponent = exponentOf(step);
  const largest = Math.max(Math.abs(to), Math.abs(from));
  if (exponent < -5 || largest >= 1e12) {
    return value.toExponential(Math.min(15, Math.max(0, exponentOf(value) - exponent))).replace("e+", "e");
  }
  if (largest < 10_000) return exponent >= 0 ? formatCount(value) : value.toFixed(-exponent);
  const [unit, name] = unitFor(largest);
  return `${(value / unit).toFixed(Math.max(0, exponentOf(unit) - exponent))}${name}`;
}

/** k of the power of ten 10ᵏ that a number begins with. */
function exponentOf(value: number): number {
  return Number(value.toExponential().split("e")[1]);
}

/** A thousand, a million or a thousand millions, and its letter. */
function unitFor(size: number): readonly [unit: number, name: string] {
  return size >= 1e9 ? [1e9, "G"] : size >= 1e6 ? [1e6, "M"] : size >= 1000 ? [1000, "k"] : [1, ""];
}

/** 140,000 → `140k`, 2,500,000 → `2.5M`. */
export function compact(value: number): string {
  const [unit, name] = unitFor(Math.abs(value));
  return `${Number((value / unit).toPrecision(3))}${name}`;
}

/** A value as read in a table: six digits that mean something, no more zeros than needed. */
export function significant(value: number, digits = 6): string {
  return String(Number(value.toPrecision(digits)))
    .replace("e+", "e")
    .replaceAll("-", "−");
}

/** 0.0312 → `3.1 %`. */
export function percent(share: number, decimals = 1): string {
  return `${(share * 100).toFixed(decimals)} %`;
}

/** A place in a drawing, to a tenth of its unit. @throws RangeError for what is no finite number. */
export function place(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a drawing has no place ${value}`);
  return String(Math.round(value * 10) / 10);
}
