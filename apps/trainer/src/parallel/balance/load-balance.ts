// Evens out how long the workers of a step work: cores differ, and so do rows of W whose inputs are mostly zero.
//
//   each worker   times its own phases for a while   ──►   medians, in shared memory   ──►   all find the same new cuts
//
// Medians are exchanged by the barriers that a step has anyway. They decide who computes what, and so no bit of a result.
// An epoch begins with the cuts that the last one ended with; threads and ranks are not bound to each other, so nothing
// else lives longer than an epoch.
import { viewOf } from "../place.ts";
import type { RunPlan } from "../run-plan.ts";
import { TILE_ROWS } from "../shards.ts";
import { type CutPoints, evenPoints, readPoints, type StepCuts, towardsEqualTimes } from "./cut-points.ts";

/** The phases of a step between two barriers. */
export const PhaseOfCut = { ROWS: 0, PARAMETERS: 1 } as const;
export type PhaseOfCut = (typeof PhaseOfCut)[keyof typeof PhaseOfCut];

/** Measured steps before the cuts are moved: at first few, for a start that is not even, then as many as make a good median. */
const FEWEST = 4;
const MOST = 64;
/** After so many steps of an epoch only one in `APART` is measured: a clock takes a tenth of a microsecond to read. */
const MEASURED_ALL = 64;
const APART = 8;
/** Lines for each worker, a row or TILE_ROWS rows of the widest W, below which a cut moved by one line is a large move. */
const FEWEST_LINES = 8;

/** Who measures, in one epoch: all workers begin it with the same cuts, and move them after the same steps. */
export class LoadBalance {
  readonly #rank: number;
  /** By phase. */
  readonly #points: CutPoints[];
  readonly #stored: readonly Float64Array[];
  /** By rank: what each found. */
  readonly #found: readonly Float64Array[];
  readonly #moves: readonly boolean[];
  readonly #now: () => number;
  readonly #samples = [new Float64Array(MOST), new Float64Array(MOST)] as const;
  #steps = 0;
  #measured = 0;
  #until: number;
  #on = false;
  #began = 0;
  readonly #sums = [0, 0];

  /**
   * @param steps how many steps the epoch has, from now on
   * @param now for tests: milliseconds
   */
  constructor(plan: RunPlan, rank: number, steps: number, now: () => number = () => performance.now()) {
    const { memory, arrays, workers, batchSize, net } = plan;
    this.#rank = rank;
    this.#now = now;
    this.#stored = arrays.cutPoints.map((place) => viewOf(memory, place).data);
    const kept = this.#stored.map(readPoints);
    this.#points = kept.map((points) => points ?? evenPoints(workers));
    // Cuts that were found by many steps are not moved by few.
    this.#until = Math.min(kept.includes(undefined) ? FEWEST : MOST, measuredOf(steps));
    this.#found = arrays.busy.map((place) => viewOf(memory, place).data);
    const widths = net.sizes.slice(1);
    const cost = widths.reduce((sum, width, i) => sum + width * (net.sizes[i] ?? 0), 0);
    const lines = [batchSize, cost / (TILE_ROWS * Math.max(...widths))];
    this.#moves = lines.map((count) => count >= FEWEST_LINES * workers);
  }

  get cuts(): StepCuts {
    const [rows = [], parameters = []] = this.#points;
    return { rows, parameters };
  }

  /** A step begins, or a phase of it after a wait. */
  begin(phase: PhaseOfCut): void {
    if (phase === PhaseOfCut.ROWS) {
      this.#on = this.#steps < MEASURED_ALL || this.#steps % APART === 0;
      this.#steps += 1;
      this.#sums.fill(0);
    }
    if (this.#on) this.#began = this.#now();
  }

  /** The phase is over, or a wait begins. */
  end(phase: PhaseOfCut): void {
    if (this.#on) this.#sums[phase] = (this.#sums[phase] ?? 0) + this.#now() - this.#began;
  }

  /** Tells the others what was found, if it is time to; before the last barrier of a step. */
  publish(): void {
    if (!this.#on) return;
    const [rows, parameters] = this.#samples;
    rows[this.#measured] = this.#sums[PhaseOfCut.ROWS] ?? 0;
    parameters[this.#measured] = this.#sums[PhaseOfCut.PARAMETERS] ?? 0;
    this.#measured += 1;
    if (this.#measured < this.#until) return;
    const medians = [rows, parameters].map((samples) => median(samples.subarray(0, this.#measured)));
    this.#found[this.#rank]?.set(medians);
  }

  /** Moves the cuts by what all have told; after that barrier. Returns whether they are others now. */
  move(): boolean {
    if (this.#measured < this.#until) return false;
    this.#measured = 0;
    this.#until = Math.min(2 * this.#until, MOST);
    for (const [phase, points] of this.#points.entries()) {
      const times = this.#found.map((found) => found[phase] ?? Number.NaN);
      const moved = this.#moves[phase] === true ? towardsEqualTimes(points, times) : points;
      this.#points[phase] = moved;
      // For the next epoch, which begins when all have ended this one.
      if (this.#rank === 0) this.#stored[phase]?.set(moved);
    }
    return true;
  }
}

/** How many of so many steps of an epoch are measured. */
function measuredOf(steps: number): number {
  return steps <= MEASURED_ALL ? steps : MEASURED_ALL + Math.ceil((steps - MEASURED_ALL) / APART);
}

/** The lower one of two in the middle: what disturbs a step makes it longer. */
function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}
