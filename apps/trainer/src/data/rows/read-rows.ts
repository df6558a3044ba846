// Rows for a saved model: reads files of any known kind and hands out numbers as the model's net wants them.
import type { Tensor } from "@gradloom/core";
import ndarray from "ndarray";
import { UsageError } from "../../errors.ts";
import { type Model, sizesOf } from "../../model/model-file.ts";
import { readBytes } from "../read-bytes.ts";
import { idxRows, labelArray, npyRows, npzRows, withLabels } from "./array-rows.ts";
import { csvRows } from "./csv-rows.ts";
import { kindOf } from "./file-kind.ts";
import { imageRow } from "./image-rows.ts";
import { readPgm } from "./images/read-pgm.ts";
import { readPng } from "./images/read-png.ts";
import type { RawRows } from "./raw-rows.ts";
import { readyValues, requireMeans } from "./ready-values.ts";
import type { RowOptions } from "./row-options.ts";

export type { RowOptions } from "./row-options.ts";

/** N rows ready for a net. */
export interface Rows {
  /** (N, D) in the net's dtype, standardized and scaled as in training. */
  readonly x: Tensor;
  /** N names: the file, and behind a colon the row's number from 1 where a file has rows. */
  readonly names: readonly string[];
  /** N class numbers, when every file has labels. */
  readonly labels?: Int32Array;
}

/**
 * Reads .csv, .npy, .npz, IDX (plain or .gz), .png and .pgm files, one after the other; each is known by its first
 * bytes, CSV by its name. See `csvRows` for the columns, `readyValues` for the numbers, `toGray` and `resize` for
 * pictures.
 *
 * @throws UsageError for no path, or options that do not fit the files.
 * @throws DataError naming the file and the place.
 */
export async function readRows(
  paths: readonly string[],
  model: Model,
  options: RowOptions = {},
): Promise<Rows> {
  if (paths.length === 0) throw new UsageError("no rows were given: name at least one file.");
  if (options.labels !== undefined && paths.length > 1)
    throw new UsageError("labels are for one file of rows; leave them out, or give one file.");
  requireMeans(model.card, options.missing);
  const files: RawRows[] = [];
  const ready: (Float32Array | Float64Array)[] = [];
  for (const path of paths) {
    const { raw, isText } = await readFile(path, model, options);
    const values = floats(model, raw.values.length);
    readyValues(raw, model.card, values, isText);
    files.push(raw);
    ready.push(values);
  }
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const labels = joinedLabels(files);
  return {
    x: ndarray(joined(model, ready), [rows, sizesOf(model.net).inputs]),
    names: files.flatMap(rowNames),
    ...(labels === undefined ? {} : { labels }),
  };
}

async function readFile(
  path: string,
  { net, card }: Model,
  options: RowOptions,
): Promise<{ readonly raw: RawRows; readonly isText: boolean }> {
  const bytes = await readBytes(path);
  const sizes = sizesOf(net);
  const kind = kindOf(bytes, path);
  const invert = options.invert === true;
  const read = async (): Promise<RawRows> => {
    if (kind === "csv") return csvRows(bytes, path, card, sizes.inputs, options);
    if (kind === "npy") return npyRows(bytes, path, sizes);
    if (kind === "npz") return npzRows(bytes, path, sizes);
    if (kind === "idx") return await idxRows(bytes, path, sizes);
    const image = kind === "png" ? await readPng(bytes, path, invert) : readPgm(bytes, path, invert);
    return imageRow(image, path, card);
  };
  const raw = await read();
  const labelled =
    options.labels === undefined
      ? raw
      : withLabels(raw, await labelArray(await readBytes(options.labels), options.labels), sizes);
  return { raw: labelled, isText: kind === "csv" };
}

function floats({ net }: Model, length: number): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer> {
  return net.dtype === "float64" ? new Float64Array(length) : new Float32Array(length);
}

function joined(model: Model, parts: readonly (Float32Array | Float64Array)[]): Float32Array | Float64Array {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const all = floats(
    model,
    parts.reduce((sum, part) => sum + part.length, 0),
  );
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function joinedLabels(files: readonly RawRows[]): Int32Array<ArrayBuffer> | undefined {
  const all = files.flatMap(({ labels }) => (labels === undefined ? [] : [labels]));
  if (all.length < files.length) return undefined;
  return Int32Array.from(all.flatMap((labels) => Array.from(labels)));
}

function rowNames({ file, rows, single }: RawRows): readonly string[] {
  return single ? [file] : Array.from({ length: rows }, (_, row) => `${file}:${row + 1}`);
}
