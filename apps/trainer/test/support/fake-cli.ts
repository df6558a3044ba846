// The command line with everything outside of it replaced: streams, signals and the trainer.
import { EventEmitter } from "node:events";
import type { CliIo, TrainFunction } from "../../src/cli/io.ts";
import { runProgram } from "../../src/cli/program.ts";
import type { TrainingData } from "../../src/data/dataset.ts";
import type { TrainingOptions } from "../../src/options.ts";
import { fakeTerminal } from "./fake-terminal.ts";
import { result, run as sampleRun } from "./sample-events.ts";

/** What a run of the command line left behind. */
export interface CliOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the trainer was called with; empty when it never was. */
  readonly calls: readonly {
    readonly data: TrainingData;
    readonly options: Partial<TrainingOptions> | undefined;
  }[];
  /** Codes of immediate exits. */
  readonly exits: readonly number[];
  /** Handlers still listening for signals at the end. */
  readonly listeners: number;
}

export interface CliSettings {
  readonly train?: TrainFunction;
  readonly env?: CliIo["env"];
  readonly isTTY?: boolean;
  /** Called with the emitter that signals arrive at. */
  readonly onSignals?: (signals: EventEmitter) => void;
}

/** A trainer that tells the sample run's events and returns its result. */
export const sampleTrain: TrainFunction = async (_data, _options, hooks) => {
  for (const event of sampleRun) hooks?.onEvent?.(event);
  return result;
};

/** Runs `gradloom ...args` in this process. */
export async function runCli(args: readonly string[], settings: CliSettings = {}): Promise<CliOutcome> {
  const stdout = fakeTerminal();
  const stderr = fakeTerminal({ isTTY: settings.isTTY ?? false, columns: 120 });
  const exits: number[] = [];
  const calls: CliOutcome["calls"][number][] = [];
  const signals = Object.assign(new EventEmitter(), { exit: (code: number) => void exits.push(code) });
  settings.onSignals?.(signals);
  const train: TrainFunction = (data, options, hooks) => {
    calls.push({ data, options });
    return (settings.train ?? sampleTrain)(data, options, hooks);
  };
  const loadTrain = async (): Promise<TrainFunction> => train;
  const code = await runProgram(args, { stdout, stderr, env: settings.env ?? {}, signals, loadTrain });
  const listeners = signals.listenerCount("SIGINT") + signals.listenerCount("SIGTERM");
  return { code, stdout: stdout.text(), stderr: stderr.text(), calls, exits, listeners };
}
