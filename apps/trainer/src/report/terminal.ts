// What the report code writes to: a stream, and what is known about the screen behind it.

/** The part of `process.stdout` and `process.stderr` that reports need. */
export interface Terminal {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  /** Width in characters; changes when the window does. */
  readonly columns?: number | undefined;
}

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

const USUAL_COLUMNS = 80;

/** Whether a line can be redrawn in place: a screen that understands control sequences. */
export function canRedraw(terminal: Terminal, env: Environment): boolean {
  return terminal.isTTY === true && env.TERM !== "dumb";
}

/** Whether colour is wanted: https://no-color.org says that any non-empty NO_COLOR means no. */
export function wantsColor(terminal: Terminal, env: Environment): boolean {
  return canRedraw(terminal, env) && (env.NO_COLOR ?? "") === "";
}

/** The width to fill. The last column stays free, because some terminals wrap as soon as it is written. */
export function usableColumns(terminal: Terminal): number {
  const columns = terminal.columns ?? 0;
  return (columns > 0 ? columns : USUAL_COLUMNS) - 1;
}
