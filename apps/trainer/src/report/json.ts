// A run as JSON Lines: one event, one line, for programs.
import type { TrainEvent } from "../events.ts";
import type { Terminal } from "./terminal.ts";

/** Writes one event. JSON knows no NaN and no Infinity: a loss that is no finite number becomes null. */
export function writeJsonLine(terminal: Terminal, event: TrainEvent): void {
  terminal.write(`${JSON.stringify(event)}\n`);
}
