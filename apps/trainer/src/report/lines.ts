// `name  value` lines with their values in one column: for people to read, and plain enough to cut apart with awk.
import type { Terminal } from "./terminal.ts";

export function writeLines(
  terminal: Terminal,
  lines: readonly (readonly [name: string, value: string])[],
): void {
  const width = Math.max(...lines.map(([name]) => name.length));
  terminal.write(lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join(""));
}
