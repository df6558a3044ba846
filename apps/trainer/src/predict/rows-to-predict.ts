// The rows of a prediction: files, or CSV from standard input.
import type { Tensor } from "@gradloom/core";
import ndarray from "ndarray";
import { csvRows } from "../data/rows/csv-rows.ts";
import { type RowOptions, readRows } from "../data/rows/read-rows.ts";
import { readyValues, requireMeans } from "../data/rows/ready-values.ts";
import { UsageError } from "../errors.ts";
import { type Model, sizesOf } from "../model/model-file.ts";

/** What stands for standard input among the paths. */
export const STDIN = "-";

export interface RowsToPredict {
  /** (N, D), ready for the net. */
  readonly x: Tensor;
  readonly names: readonly string[];
}

/**
 * @throws UsageError for no path, or for standard input among other paths; DataError for what cannot be read.
 */
export async function rowsToPredict(
  paths: readonly string[],
  model: Model,
  options: RowOptions,
  readStdin: () => Promise<Uint8Array>,
): Promise<RowsToPredict> {
  if (!paths.includes(STDIN)) return await readRows(paths, model, options);
  if (paths.length > 1) throw new UsageError("- is standard input: expected no other file beside it.");
  requireMeans(model.card, options.missing);
  const { inputs } = sizesOf(model.net);
  const raw = csvRows(await readStdin(), "standard input", model.card, inputs, options);
  const length = raw.values.length;
  const values = model.net.dtype === "float64" ? new Float64Array(length) : new Float32Array(length);
  readyValues(raw, model.card, values, true);
  const names = Array.from({ length: raw.rows }, (_, row) => `-:${row + 1}`);
  return { x: ndarray(values, [raw.rows, inputs]), names };
}

/** Everything that standard input holds. */
export async function readStandardInput(): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts);
}
