// One run from the command line, with its folder around it: claimed before training, written to during it, told after.
import type { TrainingData } from "../data/dataset.ts";
import { CheckpointError, UsageError } from "../errors.ts";
import type { TrainEvent } from "../events.ts";
import type { TrainingOptions } from "../options.ts";
import { writeNextSteps } from "../report/next-steps.ts";
import { writeSummary } from "../report/summary.ts";
import { type ClaimedRun, claimAgain, claimNew } from "../run-folder/claim-run.ts";
import { SavedRun } from "../run-folder/saved-run.ts";
import { planTraining } from "../training-plan.ts";
import type { TrainingState } from "../training-state.ts";
import type { CliIo } from "./io.ts";
import { packageVersion } from "./package-version.ts";
import type { TrainFlags, TrainRequest } from "./train-flags.ts";
import { forUser, programOf, shellWord } from "./user-folder.ts";

export interface TrainRunContext {
  readonly io: CliIo;
  readonly flags: TrainFlags;
  readonly signal: AbortSignal;
  readonly onEvent: (event: TrainEvent) => void;
  /** Clears the live line, before anything else is written. */
  readonly endLine: () => void;
}

/** Trains, keeps, reports. @throws as train does, and CheckpointError when something could not be kept. */
export async function trainRequest(
  request: TrainRequest,
  data: TrainingData,
  context: TrainRunContext,
): Promise<void> {
  const { io, flags, signal, onEvent } = context;
  const train = await io.loadTrain();
  signal.throwIfAborted();
  const profile = flags.profile === true;
  if (!request.settings.save) {
    const trained = await train(data, request.options, { signal, onEvent, profile });
    context.endLine();
    if (flags.json !== true) writeSummary(io.stdout, trained);
    return;
  }
  await inFolder(request, data, context, async (run) => {
    const { recorder, resume } = run;
    const trained = await train(data, run.options, {
      signal,
      profile,
      ...(resume && { resume }),
      save: (state) => recorder.save(state),
      onEvent(event) {
        recorder.onEvent(event);
        onEvent(event);
      },
    });
    await run.finish(trained);
    context.endLine();
    if (flags.json === true) return;
    const folder = forUser(run.folder, io.cwd, io.env);
    writeSummary(io.stdout, trained, folder);
    if (flags.quiet !== true) writeNextSteps(io.stderr, programOf(io.env), shellWord(folder));
  });
}

/** Claims the folder, does the work, and leaves the folder in order however the work ended. */
async function inFolder(
  { settings, options, resume }: TrainRequest,
  data: TrainingData,
  { io, flags, endLine }: TrainRunContext,
  work: (run: SavedRun) => Promise<void>,
): Promise<void> {
  const notice = (text: string): void => {
    endLine();
    io.stderr.write(`gradloom: ${text}\n`);
  };
  const { stepsPerEpoch, backend } = planTraining(data, options);
  const claimed =
    resume === undefined
      ? await claimNew(settings.out, settings.name, notice)
      : await claimAgain(resume, notice);
  try {
    if (isOver(claimed, options.epochs)) {
      const more = `${programOf(io.env)} train --resume ${shellWord(forUser(claimed.folder, io.cwd, io.env))} --epochs ${options.epochs * 2}`;
      notice(`this run is finished: ${options.epochs} epochs. To train it longer: ${more}`);
      return;
    }
    // "auto" has become the backend it means here: whoever goes on elsewhere has to compute with the same one.
    const computed = { ...options, backend: backend as TrainingOptions["backend"] };
    const subject = { settings, options: computed, data, stepsPerEpoch };
    const run = await SavedRun.start(claimed, subject, { gradloom: packageVersion(), node: process.version });
    if (claimed.found !== undefined && flags.quiet !== true && flags.json !== true) {
      notice(
        `going on with ${forUser(claimed.folder, io.cwd, io.env)} ${placeOf(claimed.found.checkpoint.state)}`,
      );
    }
    try {
      await work(run);
    } catch (error) {
      await keepWhatThereIs(run, error, io, notice);
      throw error;
    } finally {
      await run.close();
    }
  } finally {
    await claimed.lock.release();
  }
}

/** @throws UsageError for fewer epochs than are done. */
function isOver({ folder, found }: ClaimedRun, epochs: number): boolean {
  if (found === undefined) return false;
  const { state, finished } = found.checkpoint;
  const done = state.history.length;
  if (epochs < done) {
    throw new UsageError(
      `--epochs ${epochs}: ${folder} has trained ${done} already. Give more, or leave it out.`,
    );
  }
  return finished && epochs === state.epoch;
}

/** `after epoch 3`, or `in epoch 4, after step 120`. */
function placeOf({ epoch, step, history }: TrainingState): string {
  return history.length === epoch ? `after epoch ${epoch}` : `in epoch ${epoch}, after step ${step}`;
}

/** A run that ends early says how to go on; if it cannot even be saved, that is said by the error already. */
async function keepWhatThereIs(
  { recorder, folder }: SavedRun,
  error: unknown,
  io: CliIo,
  notice: (text: string) => void,
): Promise<void> {
  if (!(error instanceof CheckpointError)) await recorder.saveLatest();
  if (recorder.savedAs === undefined) return;
  const shown = forUser(folder, io.cwd, io.env);
  notice(`saved in ${shown}; to go on: ${programOf(io.env)} train --resume ${shellWord(shown)}`);
}
