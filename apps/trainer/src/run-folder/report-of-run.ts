// The report of a run from what it has left in its folder.
import { join } from "node:path";
import { dataFrom } from "../config/settings-data.ts";
import { loadModelFile } from "../model/model-file.ts";
import { resolveOptions } from "../options.ts";
import { weightsSha256 } from "../weights-sha256.ts";
import { readMetrics, readTimings } from "./read-lines.ts";
import { readRunConfig } from "./run-config.ts";
import { MODEL_FILE } from "./run-files.ts";
import { writeReport } from "./write-report.ts";

/**
 * Draws the report of a run's folder again, from its settings, its lines, its model and the data: also of a run that was
 * stopped.
 *
 * @param folder where `gradloom train` has kept the run
 * @param path default: report.html in the folder
 * @returns the path of the report
 * @throws UsageError when the folder has no config.json, DataError when it has no model yet or its data cannot be read,
 * CheckpointError when the report cannot be written.
 */
export async function reportOfRun(folder: string, path?: string): Promise<string> {
  const settings = await readRunConfig(folder);
  const { net, card } = await loadModelFile(join(folder, MODEL_FILE));
  const data = await dataFrom(settings);
  const [history, timings] = [await readMetrics(folder), await readTimings(folder)];
  const seconds = timings.reduce((sum, timing) => sum + timing.seconds, 0);
  const samples = timings.reduce((sum, timing) => sum + timing.seconds * timing.samplesPerSecond, 0);
  const defaults = resolveOptions();
  const bestEpoch = Number(card.facts.best_epoch);
  const run = {
    seconds,
    samplesPerSecond: seconds > 0 ? samples / seconds : 0,
    workers: settings.workers ?? defaults.workers,
    backend: settings.backend ?? defaults.backend,
    sha256: weightsSha256(net.layout, net.parameters),
    epochs: Number(card.facts.epochs ?? history.at(-1)?.epoch ?? 0),
    ...(Number.isInteger(bestEpoch) ? { bestEpoch } : {}),
  };
  return await writeReport(folder, { net, data, history, timings, run, settings }, { path });
}
