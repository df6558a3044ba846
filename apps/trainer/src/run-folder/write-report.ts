// report.html of a run's folder.
import { join } from "node:path";
import type { MultiLayerNet } from "@gradloom/core";
import { writeDurably } from "../checkpoint/write-durably.ts";
import type { Settings } from "../config/settings.ts";
import type { TrainingData } from "../data/dataset.ts";
import type { RunFigures } from "../report/html/collect.ts";
import type { EpochRecord } from "../training-state.ts";
import { REPORT_FILE } from "./run-files.ts";
import type { EpochTiming } from "./run-recorder.ts";

/** What the report is about. */
export interface Reported {
  readonly net: MultiLayerNet;
  readonly data: TrainingData;
  readonly history: readonly EpochRecord[];
  readonly timings: readonly EpochTiming[];
  readonly run: RunFigures;
  readonly settings: Settings;
}

export interface WriteReportOptions {
  /** Default: report.html in the folder. */
  readonly path?: string | undefined;
  /** Heard while the rows are judged, which takes as long as they are many. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Works the report out and writes it.
 *
 * @returns the path
 * @throws CheckpointError when it cannot be written; the signal's reason.
 */
export async function writeReport(
  folder: string,
  { settings, ...reported }: Reported,
  { path = join(folder, REPORT_FILE), signal }: WriteReportOptions = {},
): Promise<string> {
  // Loaded when it is needed: drawing is no small part of the program.
  const { reportPage } = await import("../report/html/report-page.ts");
  const { limit, name: _, out: __, save: ___, ...config } = settings;
  const page = await reportPage({ ...reported, limit, config: { ...config, limit } }, signal);
  await writeDurably(path, Buffer.from(page));
  return path;
}
