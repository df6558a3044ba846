// One run from the command line, with its folder around it: claimed before training, written to during it, told after.
import type { TrainingData } from "../data/dataset.ts";
import { CheckpointError } from "../errors.ts";
import type { TrainEvent } from "../events.ts";
import type { TrainingOptions } from "../options.ts";
import type { Ranks } from "../parallel/ranks/ranks.ts";
import { writeNextSteps } from "../report/next-steps.ts";
import { writeSummary } from "../report/summary.ts";
import { claimAgain, claimNew } from "../run-folder/claim-run.ts";
import { nothingLeft, placeOf } from "../run-folder/run-progress.ts";
import { SavedRun } from "../run-folder/saved-run.ts";
import { planTraining } from "../training-plan.ts";
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
  /** The other processes of a launch; this one is the first. */
  readonly ranks?: Ranks | undefined;
  /** Of the data, where the ranks have them among them. */
  readonly fingerprint?: string | undefined;
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
  const together = context.ranks === undefined ? {} : { ranks: context.ranks };
  if (!request.settings.save) {
    const trained = await train(data, request.options, {
      signal,
      onEvent,
      profile,
      takeOver: true,
      ...together,
    });
    context.endLine();
    if (flags.json !== true) writeSummary(io.stdout, trained);
    return;
  }
  await inFolder(request, data, context, async (run) => {
    const { recorder, resume } = run;
    const trained = await train(data, run.options, {
      signal,
      profile,
      takeOver: true,
      ...together,
      ...(resume && { resume }),
      save: (state) => recorder.save(state),
      onEvent(event) {
        recorder.onEvent(event);
        onEvent(event);
      },
    });
    await run.finish(trained, signal);
    context.endLine();
    const folder = forUser(run.folder, io.cwd, io.env);
    if (flags.json === true) {
      io.stdout.write(`${JSON.stringify({ type: "saved", folder })}\n`);
      return;
    }
    writeSummary(io.stdout, trained, folder);
    const images = data.description?.imageShape !== undefined;
    if (flags.quiet !== true) writeNextSteps(io.stderr, programOf(io.env), shellWord(folder), { images });
  });
}

/** Claims the folder, does the work, and leaves the folder in order however the work ended. */
async function inFolder(
  { settings, options, resume }: TrainRequest,
  data: TrainingData,
  { io, flags, endLine, ranks, fingerprint }: TrainRunContext,
  work: (run: SavedRun) => Promise<void>,
): Promise<void> {
  const notice = (text: string): void => {
    endLine();
    io.stderr.write(`gradloom: ${text}\n`);
  };
  const { stepsPerEpoch, backend, options: planned } = planTraining(data, options);
  const claimed =
    resume === undefined
      ? await claimNew(settings.out, settings.name, notice)
      : await claimAgain(resume.folder, notice);
  const shown = forUser(claimed.folder, io.cwd, io.env);
  const again = `${programOf(io.env)} train --resume ${shellWord(shown)}`;
  try {
    if (nothingLeft(claimed.found?.checkpoint, { before: resume?.epochs, now: options.epochs })) {
      notice(`the run in ${shown} is finished. To train it longer: ${again} --epochs ${2 * options.epochs}`);
      await tellOthers(ranks, false);
      return;
    }
    // "auto" has become the backend it means here: whoever goes on elsewhere has to compute with the same one.
    // Its products keep the pieces that suit this machine, too, and zeros that are skipped stay skipped.
    const { pieces, sparse } = planned;
    const computed = { ...options, backend: backend as TrainingOptions["backend"], pieces, sparse };
    const subject = { settings, options: computed, data, stepsPerEpoch, fingerprint };
    const run = await SavedRun.start(claimed, subject, { gradloom: packageVersion(), node: process.version });
    if (run.resume !== undefined && flags.quiet !== true && flags.json !== true) {
      notice(`going on with ${shown} ${placeOf(run.resume, stepsPerEpoch)}`);
    }
    try {
      await tellOthers(ranks, true);
      await work(run);
    } catch (error) {
      // A disk that has just refused is not asked again.
      if (!(error instanceof CheckpointError)) await run.recorder.saveLatest();
      if (run.recorder.savedAs !== undefined) notice(`saved in ${shown}; to go on: ${again}`);
      throw error;
    } finally {
      await run.close();
    }
  } finally {
    await claimed.lock.release();
  }
}

/** The other ranks wait to hear whether there is something to train. */
async function tellOthers(ranks: Ranks | undefined, train: boolean): Promise<void> {
  if (ranks === undefined) return;
  const { fromFirstRank } = await import("../parallel/ranks/bcast-value.ts");
  fromFirstRank(ranks.world, train);
}
