// The trainer's errors. Each says what was given, what was expected and what to do, and carries an exit code.

/** Base of every error the trainer throws on purpose; on its own it means a fault of the trainer. */
export class TrainerError extends Error {
  override readonly name: string = "TrainerError";
  /** What the `gradloom` process ends with when this error ends it. */
  readonly exitCode: number = 1;
  /** Somebody else tells the user about it. */
  readonly isTold: boolean = false;
}

/** An option, a command or a configuration that cannot be right. */
export class UsageError extends TrainerError {
  override readonly name = "UsageError";
  override readonly exitCode = 2;
}

/** Where in the data a `DataError` points, and what would have been right there. */
export interface DataFault {
  /** The file or folder, or the data set's name. */
  readonly file: string;
  /** Byte offset in the file, from 0. */
  readonly offset?: number;
  /** Line of a text file, from 1, as editors count. */
  readonly line?: number;
  /** Row of the data set, from 0. */
  readonly row?: number;
  /** Value within the row, from 0. */
  readonly column?: number;
  /** What the file calls that column. */
  readonly columnName?: string;
  readonly expected: string;
  readonly found: string;
  /** One sentence: what the reader can do about it. */
  readonly cure: string;
}

/** Data that is missing, damaged, or does not fit itself or the options. */
export class DataError extends TrainerError {
  override readonly name = "DataError";
  override readonly exitCode = 3;
  readonly fault: DataFault;

  constructor(fault: DataFault, options?: ErrorOptions) {
    super(
      `${fault.file}${place(fault)}: expected ${fault.expected}, found ${fault.found}. ${fault.cure}`,
      options,
    );
    this.fault = fault;
  }
}

function place({ offset, line, row, column, columnName }: DataFault): string {
  if (offset !== undefined) return `, byte ${offset}`;
  if (line !== undefined) return `, line ${line}${columnPlace(column, columnName)}`;
  if (columnName !== undefined && row === undefined) return columnPlace(column, columnName);
  if (row === undefined) return "";
  return `, row ${row}${column === undefined ? "" : `, column ${column}`} (counted from 0)`;
}

/** People who look into a file count columns from 1, as its lines. */
function columnPlace(column: number | undefined, name: string | undefined): string {
  if (name !== undefined) return `, column ${JSON.stringify(name)}`;
  return column === undefined ? "" : `, column ${column + 1}`;
}

/** What to do about a loss that is no longer a finite number. */
export const DIVERGED_CURE =
  "The learning rate is probably too high (--lr: try a tenth of it), or the initial weights too large (--init).";

/** Training whose loss, gradients or parameters are no longer finite numbers. */
export class DivergedError extends TrainerError {
  override readonly name = "DivergedError";
  override readonly exitCode = 4;
  /** The step that broke, from 1, in its epoch, from 1; undefined when it was only seen in the end. */
  readonly at: { readonly epoch: number; readonly step: number } | undefined;

  constructor(message: string, at?: { readonly epoch: number; readonly step: number }) {
    super(message);
    this.at = at;
  }
}

/** A file of a run that cannot be written, or a checkpoint that cannot be read. `cause` is the disk's own error. */
export class CheckpointError extends TrainerError {
  override readonly name = "CheckpointError";
  override readonly exitCode = 5;
  /** The file or folder. */
  readonly path: string;

  constructor(path: string, message: string, options?: ErrorOptions) {
    super(`${path}: ${message}`, options);
    this.path = path;
  }
}

/** A worker that never started, died or threw. `cause` is the worker's own error. */
export class WorkerLostError extends TrainerError {
  override readonly name = "WorkerLostError";
  override readonly exitCode = 6;
  /** Which worker, from 0; undefined when it cannot be told. */
  readonly rank: number | undefined;

  constructor(rank: number | undefined, message: string, options?: ErrorOptions) {
    super(message, options);
    this.rank = rank;
  }
}

/** The signals a run answers to by stopping. */
export type StopSignal = "SIGINT" | "SIGTERM";

/** A run ended by a signal: the `reason` that the command line's AbortController carries. */
export class InterruptedError extends TrainerError {
  override readonly name = "InterruptedError";
  override readonly exitCode: number;

  constructor(signal: StopSignal) {
    super(`interrupted by ${signal} before training was over`);
    // A shell reports a process ended by signal number n as 128 + n.
    this.exitCode = signal === "SIGINT" ? 130 : 143;
  }
}
