// The command line with everything outside of it replaced: streams, signals and the trainer.
import { EventEmitter } from "node:events";
import { MultiLayerNet } from "@gradloom/core";
import type { CliIo, TrainFunction } from "../../src/cli/io.ts";
import { runProgram } from "../../src/cli/program.ts";
import type { TrainingData } from "../../src/data/dataset.ts";
import type { TrainResult } from "../../src/events.ts";
import type { TrainingOptions } from "../../src/options.ts";
import type { Trained } from "../../src/train.ts";
import { folderOf } from "./data-folder.ts";
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

/** A trainer of a test: the net and the history may be left out. */
export type FakeTrain = (...args: Parameters<TrainFunction>) => Promise<TrainResult & Partial<Trained>>;

export interface CliSettings {
  readonly train?: FakeTrain;
  /** The folder that the program believes to run in. Default: a new one. */
  readonly cwd?: string;
  readonly env?: CliIo["env"];
  readonly isTTY?: boolean;
  /** Called with the emitter that signals arrive at. */
  readonly onSignals?: (signals: EventEmitter) => void;
}

/** A trainer that tells the sample run's events and returns its result. */
export const sampleTrain: FakeTrain = async (_data, _options, hooks) => {
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
  const train = withNet((data, options, hooks) => {
    calls.push({ data, options });
    return (settings.train ?? sampleTrain)(data, options, hooks);
  });
  const loadTrain = async (): Promise<TrainFunction> => train;
  const { env = {}, cwd = folderOf({}) } = settings;
  const code = await runProgram(args, { stdout, stderr, env, cwd, signals, loadTrain });
  const listeners = signals.listenerCount("SIGINT") + signals.listenerCount("SIGTERM");
  return { code, stdout: stdout.text(), stderr: stderr.text(), calls, exits, listeners };
}

/** Gives what a fake trainer returns a net that fits the data. */
export function withNet(train: FakeTrain): TrainFunction {
  return async (data, options, hooks) => {
    const { columns, classes } = data.train;
    const result = await train(data, options, hooks);
    const net = new MultiLayerNet({ inputSize: columns, hiddenSizes: [2], outputSize: classes });
    return { net, history: [], ...result };
  };
}
