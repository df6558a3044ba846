// Rows for a saved model: reads files of any known kind and hands out numbers as the model's net wants them.

import type { Tensor } from "@gradloom/core";
import { DataError } from "../../errors.ts";
import type { Model } from "../../model/model-file.ts";

/** Every one may be left out; undefined counts as left out. */
export interface RowOptions {
  /** CSV: the column of the classes, by name or by number from 0; −1 is the last. Default: what the widths tell. */
  readonly label?: string | number | undefined;
  /** CSV: whether the first line names the columns. Default: it does when none of its fields is a number. */
  readonly header?: boolean | undefined;
  /** .npy and IDX: the path of a file with the labels. */
  readonly labels?: string | undefined;
  /** PNG and PGM: turn dark on light into light on dark. Default false. */
  readonly invert?: boolean | undefined;
}

/** N rows ready for a net. */
export interface Rows {
  /** (N, D) in the net's dtype, standardized and scaled as in training. */
  readonly x: Tensor;
  /** N names: the file, and the row's number from 1 where a file has many. */
  readonly names: readonly string[];
  /** N class numbers, when the files have labels. */
  readonly labels?: Int32Array;
}

/**
 * Reads .csv, .npy, .npz, IDX (plain or .gz), .png and .pgm files, one after the other.
 *
 * @throws DataError naming the file and the place.
 */
export async function readRows(
  paths: readonly string[],
  model: Model,
  options: RowOptions = {},
): Promise<Rows> {
  void model;
  void options;
  throw new DataError({
    file: paths[0] ?? "no file",
    expected: "a reader for this kind of file",
    found: "none yet",
    cure: "Wait for it.",
  });
}
