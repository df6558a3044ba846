// Ours divided by theirs, round by round: a disturbance that lasts longer than a turn hits both.
import { median } from "../report/median.ts";

export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The ratios of paired figures; rounds that only one of the two finished do not count. */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const ratios = ours.slice(0, theirs.length).map((our, round) => our / (theirs[round] ?? Number.NaN));
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

/** The member of a family whose median is the highest, or of all its members with `threads` threads. */
export function fastest<M extends { readonly family: string; readonly threads: number }>(
  measured: readonly M[],
  figures: (member: M) => readonly number[],
  family: string,
  threads?: number,
): M | undefined {
  return measured
    .filter((member) => member.family === family && (threads ?? member.threads) === member.threads)
    .toSorted((a, b) => median(figures(b)) - median(figures(a)))[0];
}
