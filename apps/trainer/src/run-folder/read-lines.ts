// Reads the JSON Lines of a run's folder again; a last line that a crash has cut is left out.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EpochRecord } from "../training-state.ts";
import { METRICS_FILE, TIMING_FILE } from "./run-files.ts";
import type { EpochTiming } from "./run-recorder.ts";

/** How long the first `epochs` epochs took; nothing where no file can be read: times are worth no error. */
export async function readTimings(
  folder: string,
  epochs: number = Number.POSITIVE_INFINITY,
): Promise<EpochTiming[]> {
  const lines = await readLines(join(folder, TIMING_FILE));
  return lines.flatMap(({ epoch, seconds, samplesPerSecond }) =>
    typeof epoch === "number" &&
    typeof seconds === "number" &&
    typeof samplesPerSecond === "number" &&
    epoch <= epochs
      ? [{ epoch, seconds, samplesPerSecond }]
      : [],
  );
}

/** What the epochs came to, as far as the file tells. */
export async function readMetrics(folder: string): Promise<EpochRecord[]> {
  const lines = await readLines(join(folder, METRICS_FILE));
  return lines.flatMap(({ epoch, loss, learningRate, judgedBy, judgedLoss, judgedAccuracy }) =>
    typeof epoch === "number" &&
    typeof loss === "number" &&
    typeof learningRate === "number" &&
    (judgedBy === "validation" || judgedBy === "test") &&
    typeof judgedLoss === "number" &&
    typeof judgedAccuracy === "number"
      ? [{ epoch, loss, learningRate, judgedBy, judgedLoss, judgedAccuracy }]
      : [],
  );
}

async function readLines(path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split("\n").flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === "object" && value !== null ? [value as Record<string, unknown>] : [];
    } catch {
      return [];
    }
  });
}
