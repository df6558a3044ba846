// The four pieces of work that everybody is timed at: the book's net on MNIST's pixels, by batch size and width.

/** What one contestant is told to do; its process gets it as JSON. */
export interface Task {
  readonly work: string;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  /** Rows per step. */
  readonly batch: number;
  /** Batches are drawn from the first `rows` training images; a multiple of `batch`. */
  readonly rows: number;
  readonly learningRate: number;
  /** After so many steps the loss must have fallen. */
  readonly checkSteps: number;
  /** Threads, or workers, the contestant may use. */
  readonly threads: number;
  /** Which of its programs a contestant's file is to run, such as "float64". */
  readonly variant: string;
  /** The folder with MNIST's four IDX files. */
  readonly mnist: string;
}

export interface Work {
  readonly id: string;
  readonly hidden: number;
  readonly batch: number;
  readonly rows: number;
  /** Chosen so that the loss falls within `checkSteps` from the book's initial values; it does not change the speed. */
  readonly learningRate: number;
  /** Steps of the check that a contestant learns, which is its warm-up too. */
  readonly checkSteps: number;
}

export const WORKS: readonly Work[] = [
  { id: "A", hidden: 50, batch: 100, rows: 60_000, learningRate: 0.1, checkSteps: 100 },
  { id: "B", hidden: 1024, batch: 1024, rows: 20_480, learningRate: 0.5, checkSteps: 20 },
  { id: "C", hidden: 50, batch: 10_000, rows: 60_000, learningRate: 0.5, checkSteps: 18 },
  { id: "D", hidden: 50, batch: 1, rows: 10_000, learningRate: 0.01, checkSteps: 1500 },
];

/** "784-50-10, batch 100". */
export function describeWork({ hidden, batch, rows }: Work): string {
  return `784-${hidden}-10, batch ${batch.toLocaleString("en")}, from ${rows.toLocaleString("en")} rows of MNIST`;
}

/** The work on fewer rows, for a quick look: still whole batches. */
export function shrunk(work: Work, rows: number): Work {
  const batch = Math.min(work.batch, rows);
  const whole = Math.max(1, Math.floor(Math.min(work.rows, rows) / batch)) * batch;
  return { ...work, batch, rows: whole };
}
