// Timing in interleaved rounds: a disturbance of the machine hits all contestants alike, and the least time counts.
import type { Contestant } from "./contestants.ts";
import type { RegisterLoop } from "./peak.ts";
import type { Seconds } from "./peers.ts";
import { flops, PRODUCTS, ROWS } from "./shapes.ts";

/** What one round measures, and the best that all rounds saw. */
export interface Measured {
  readonly seconds: readonly Seconds[];
  /** GFLOP/s of each register-only loop. */
  readonly peaks: readonly number[];
}

const WARM_UP = 3;
/** Operations a slice should last for: some tenths of a millisecond. */
const SLICE = 4e6;
/** From this size on a product is measured in every sixth round only: one lasts as long as all others together. */
const LARGE = 1e8;

/** Seconds of one run, from as many as make a slice. */
function slice(run: () => void, work: number): number {
  const repeat = Math.max(1, Math.floor(SLICE / work));
  run();
  const start = performance.now();
  for (let r = 0; r < repeat; r++) run();
  return (performance.now() - start) / 1000 / repeat;
}

/** Plain loops take part in the warm-up rounds only, and not in large products. */
export function measure(
  contestants: readonly Contestant[],
  loops: readonly RegisterLoop[],
  rounds: number,
): Measured {
  const seconds = contestants.map(({ products, rows }) => ({
    products: products.map(() => Infinity),
    rows: rows.map(() => Infinity),
  }));
  const peaks = loops.map(() => 0);
  const timeLoops = (): void => {
    loops.forEach(({ run, work }, i) => {
      peaks[i] = Math.max(peaks[i], work / slice(run, work) / 1e9);
    });
  };
  for (let round = 0; round < rounds + WARM_UP; round++) {
    contestants.forEach(({ backend, products, rows }, c) => {
      const slow = backend === "reference";
      const least = seconds[c];
      const time = (into: number[], at: number, run: () => void, work: number): void => {
        if (work > LARGE && (slow || round % 6 !== 0)) return;
        if (slow && round >= WARM_UP) return;
        const taken = slice(run, slow ? SLICE : work);
        if (slow || round >= WARM_UP) into[at] = Math.min(into[at], taken);
      };
      products.forEach(({ run }, i) => {
        time(least.products, i, run, flops(PRODUCTS[i]));
        if (!slow) timeLoops();
      });
      rows.forEach(({ run }, i) => {
        time(least.rows, i, run, 50 * ROWS[i][0] * ROWS[i][1]);
      });
    });
  }
  return { seconds, peaks };
}
