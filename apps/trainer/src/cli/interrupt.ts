// Ctrl-C and friends: the first signal asks the run to stop, the second leaves at once.
import { CheckpointError, InterruptedError, type StopSignal } from "../errors.ts";
import type { Terminal } from "../report/terminal.ts";
import type { Signals } from "./io.ts";

const STOP_SIGNALS: readonly StopSignal[] = ["SIGINT", "SIGTERM"];

/** A signal handler that is listening. */
export interface Interrupt {
  /** Aborted by the first signal, with an `InterruptedError` as its reason. */
  readonly signal: AbortSignal;
  /** What a run is to be ended with when it has thrown `error`: a signal is why, unless the run could not be saved. */
  reasonFor(error: unknown): unknown;
  /** Stops listening; a signal then ends the process as usual. */
  stopListening(): void;
}

/** Starts listening. `beforeNotice` is called before anything is written, to clear a live line. */
export function listenForInterrupt(signals: Signals, stderr: Terminal, beforeNotice: () => void): Interrupt {
  const controller = new AbortController();
  const handlers = STOP_SIGNALS.map((name) => {
    const handler = (): void => {
      const reason = new InterruptedError(name);
      if (controller.signal.aborted) {
        signals.exit(reason.exitCode);
        return;
      }
      beforeNotice();
      stderr.write(`gradloom: ${name} received, stopping after this step; once more leaves at once\n`);
      controller.abort(reason);
    };
    signals.on(name, handler);
    return [name, handler] as const;
  });
  return {
    signal: controller.signal,
    reasonFor(error) {
      const { aborted, reason } = controller.signal;
      return aborted && !(error instanceof CheckpointError) ? reason : error;
    },
    stopListening() {
      for (const [name, handler] of handlers) signals.off(name, handler);
    },
  };
}
