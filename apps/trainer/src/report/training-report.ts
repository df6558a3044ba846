// The report of a run that was trained from code, as the text of one HTML page.
import type { TrainingData } from "../data/dataset.ts";
import type { TrainingOptions } from "../options.ts";
import type { Trained } from "../train.ts";
import type { EpochTiming } from "./html/report.ts";

/** What a report can tell beside the result. */
export interface TrainingReportOptions {
  /** The options that `train` was given, shown under their names. */
  readonly options?: Partial<TrainingOptions>;
  /** How long each epoch took, for the curve of the speed: what the "epoch" events said. */
  readonly timings?: readonly EpochTiming[];
  /** Ends the work between two blocks of rows. */
  readonly signal?: AbortSignal;
}

/**
 * The page that `gradloom train` leaves as report.html: curves, classes, mistakes and weights, in one file that needs no
 * network. Every test row is predicted for it, on this thread, in turns with whatever else waits.
 *
 * @param data what the net was trained on
 * @param trained what `train` returned; its curves are those of the epochs that were judged
 * @returns the text of the page
 * @throws the signal's reason, once it is aborted.
 */
export async function trainingReport(
  data: TrainingData,
  trained: Trained,
  { options = {}, timings = [], signal }: TrainingReportOptions = {},
): Promise<string> {
  // Loaded when it is needed: drawing is no small part of the program.
  const { reportPage } = await import("./html/report-page.ts");
  const { net, history } = trained;
  return await reportPage(
    { net, data, history, timings, run: trained, limit: options.limit, config: options },
    signal,
  );
}
