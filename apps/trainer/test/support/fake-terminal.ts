// A terminal that keeps what is written, and one that also shows what a screen would.
import type { Terminal } from "../../src/report/terminal.ts";

export interface FakeTerminal extends Terminal {
  isTTY: boolean | undefined;
  columns: number | undefined;
  /** Everything written so far. */
  text(): string;
  /** The pieces as they were written. */
  readonly writes: readonly string[];
}

export function fakeTerminal(
  settings: { readonly isTTY?: boolean; readonly columns?: number } = {},
): FakeTerminal {
  const writes: string[] = [];
  return {
    isTTY: settings.isTTY,
    columns: settings.columns,
    writes,
    write: (text) => writes.push(text),
    text: () => writes.join(""),
  };
}

const ESCAPE = String.fromCharCode(27);
const COLOR = new RegExp(`${ESCAPE}\\[\\d+m`, "g");
const PIECES = new RegExp(`${ESCAPE}\\[K|\\r|\\n|[^\\r\\n${ESCAPE}]+`, "g");

/** Text without colour. */
export function withoutColor(text: string): string {
  return text.replace(COLOR, "");
}

/** The lines of a screen after `text`: carriage return, erase to the end of the line and new lines are obeyed. */
export function screenOf(text: string): readonly string[] {
  const lines = [""];
  let column = 0;
  for (const [piece] of withoutColor(text).matchAll(PIECES)) {
    const line = lines.at(-1) ?? "";
    if (piece === "\r") column = 0;
    else if (piece === `${ESCAPE}[K`) lines[lines.length - 1] = line.slice(0, column);
    else if (piece === "\n") {
      lines.push("");
      column = 0;
    } else {
      lines[lines.length - 1] = line.slice(0, column) + piece + line.slice(column + piece.length);
      column += piece.length;
    }
  }
  return lines;
}
