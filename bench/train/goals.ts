// What we want to reach beside others, as ratios of samples per second in one run.
import { OURS } from "./contestants.ts";
import { fastest, type Ratio, ratioOf } from "./ratios.ts";
import type { Measured } from "./turns.ts";

export interface Goal {
  readonly work: string;
  /** Our workers: "all" is one per core. */
  readonly workers: "all" | 1;
  /** The family we are compared with, at its fastest number of threads, or at `threads`. */
  readonly against: string;
  readonly threads?: number;
  readonly atLeast: number;
}

const GOALS: readonly Goal[] = [
  { work: "A", workers: "all", against: "PyTorch nn.Module", atLeast: 2 },
  { work: "A", workers: "all", against: "PyTorch by hand", atLeast: 1.3 },
  { work: "A", workers: "all", against: "NumPy float64", atLeast: 4 },
  { work: "A", workers: "all", against: "TensorFlow.js wasm minimize", atLeast: 8 },
  { work: "A", workers: 1, against: "PyTorch nn.Module", threads: 1, atLeast: 1.1 },
  { work: "B", workers: "all", against: "PyTorch nn.Module", atLeast: 0.7 },
  { work: "B", workers: "all", against: "PyTorch by hand", atLeast: 0.7 },
  { work: "C", workers: "all", against: "PyTorch nn.Module", atLeast: 1.1 },
  { work: "C", workers: "all", against: "PyTorch by hand", atLeast: 1.1 },
  { work: "D", workers: "all", against: "PyTorch by hand", atLeast: 8 },
  ...["A", "B", "C"].map((work) => ({
    work,
    workers: "all" as const,
    against: OURS,
    threads: 1,
    atLeast: 1.85,
  })),
];

/** With a native BLAS the products are peers' own, or nearly: what is left is everything around them. */
const BLAS_GOALS: readonly Goal[] = ["A", "B", "C"].flatMap((work) =>
  ["PyTorch nn.Module", "PyTorch by hand"].map((against) => ({
    work,
    workers: "all" as const,
    against,
    atLeast: 1.1,
  })),
);

/** Seconds from process start to the first step, for ourselves with all workers, at most. */
export const START_UP_GOAL = 0.6;

export interface GoalResult extends Goal {
  /** Undefined when one of the two was not measured. */
  readonly ratio: Ratio | undefined;
  /** Who was the fastest of the family. */
  readonly name: string | undefined;
  readonly reached: boolean;
}

/** @param backend of our own trainer: the goals are others for a native BLAS */
export function judgeGoals(work: string, measured: readonly Measured[], backend = "auto"): GoalResult[] {
  const figures = ({ samplesPerSecond }: Measured): readonly number[] => samplesPerSecond;
  const cores = Math.max(...measured.filter(({ family }) => family === OURS).map(({ threads }) => threads));
  const goals = backend === "blas" ? BLAS_GOALS : GOALS;
  return goals
    .filter((goal) => goal.work === work)
    .map((goal) => {
      const ours = fastest(measured, figures, OURS, goal.workers === "all" ? cores : 1);
      const theirs = fastest(measured, figures, goal.against, goal.threads);
      const ratio =
        ours === undefined || theirs === undefined || ours === theirs
          ? undefined
          : ratioOf(figures(ours), figures(theirs));
      return {
        ...goal,
        ratio,
        name: theirs?.name,
        reached: ratio !== undefined && ratio.median >= goal.atLeast,
      };
    });
}
