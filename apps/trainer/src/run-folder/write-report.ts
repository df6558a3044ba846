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

/**
 * Works the report out and writes it.
 *
 * @param path default: report.html in the folder
 * @returns the path
 * @throws CheckpointError when it cannot be written.
 */
export async function writeReport(
  folder: string,
  { settings, ...reported }: Reported,
  path: string = join(folder, REPORT_FILE),
): Promise<string> {
  // Loaded when it is needed: drawing is no small part of the program.
  const { collectReport } = await import("../report/html/collect.ts");
  const { machineFacts } = await import("../report/html/collect/machine.ts");
  const { reportHtml } = await import("../report/html/report-html.ts");
  const { limit, name: _, out: __, save: ___, ...config } = settings;
  const report = collectReport({
    ...reported,
    limit,
    config: { ...config, limit },
    machine: machineFacts(),
  });
  await writeDurably(path, Buffer.from(reportHtml(report)));
  return path;
}
