// Rows of NPY, NPZ and IDX files for a model.
import { DataError } from "../../errors.ts";
import type { SourceArray } from "../dataset.ts";
import { labelShape, plain } from "../npy/load-arrays.ts";
import { readNpy } from "../npy/read-npy.ts";
import { readNpz } from "../npy/read-npz.ts";
import { readIdx } from "../read-idx.ts";
import type { RawRows } from "./raw-rows.ts";

/** The arrays that an .npz may hold its rows in; the first one there is read. */
const NPZ_NAMES = [
  ["x", "y"],
  ["x_test", "y_test"],
  ["x_train", "y_train"],
] as const;

/** What rows have to fit. */
export interface RowSizes {
  readonly inputs: number;
  readonly classes: number;
}

export function npyRows(bytes: Uint8Array, file: string, sizes: RowSizes): RawRows {
  return rowsOfArray(plain(readNpy(bytes, file)), sizes);
}

/** x with y, or x_test with y_test, or x_train with y_train. */
export function npzRows(bytes: Uint8Array, file: string, sizes: RowSizes): RawRows {
  const npz = readNpz(bytes, file);
  const [xName, yName] = NPZ_NAMES.find(([x]) => npz.names.includes(x)) ?? ["x", "y"];
  const x = npz.read(xName);
  if (x === undefined) {
    throw new DataError({
      file,
      expected: "an array called x, x_test or x_train",
      found: npz.names.length === 0 ? "no array" : `only ${npz.names.slice(0, 12).join(", ")}`,
      cure: "Save the rows as x, and their classes, if known, as y, with numpy.savez.",
    });
  }
  const y = npz.read(yName);
  const rows = rowsOfArray(plain(x), sizes);
  return y === undefined ? rows : withLabels(rows, { ...plain(y), shape: labelShape(y) }, sizes);
}

export async function idxRows(bytes: Uint8Array, file: string, sizes: RowSizes): Promise<RawRows> {
  return rowsOfArray(await readIdx(bytes, file), sizes);
}

/** An array as labels, from .npy or IDX bytes. */
export async function labelArray(bytes: Uint8Array, file: string): Promise<SourceArray> {
  if (bytes[0] !== 0x93) return await readIdx(bytes, file);
  const array = readNpy(bytes, file);
  return { ...plain(array), shape: labelShape(array) };
}

/** @throws DataError for another number of labels than rows, or a label that is no class of the model. */
export function withLabels(
  rows: RawRows,
  { data, shape, file }: SourceArray,
  { classes }: RowSizes,
): RawRows {
  if (shape.length !== 1 || data.length !== rows.rows) {
    const cure = "Check that the two belong together.";
    const expected = `${rows.rows} labels, one for each row of ${rows.file}`;
    throw new DataError({ file, expected, found: `sizes ${shape.join("×")}`, cure });
  }
  const row = data.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes));
  if (row >= 0) {
    const expected = `a class number from 0 to ${classes - 1}, as the model has classes`;
    const cure = "Give the labels of these rows.";
    throw new DataError({ file, row, expected, found: String(data[row]), cure });
  }
  return { ...rows, labels: Int32Array.from(data) };
}

/** (N, …), or one sample of exactly the model's inputs. Bytes are pixels. */
function rowsOfArray({ file, shape, data }: SourceArray, { inputs }: RowSizes): RawRows {
  const [first = 0, ...rest] = shape;
  const isOne = shape.length === 1 && first === inputs;
  const columns = rest.reduce((all, size) => all * size, 1);
  if (!isOne && (shape.length < 2 || columns !== inputs || first === 0)) {
    throw new DataError({
      file,
      expected: `rows of ${inputs} values, as the model has inputs`,
      found: shape.length < 2 ? `the sizes ${shape.join("×")}` : `${first} rows of ${columns} values`,
      cure: "Give rows of the same kind as in training.",
    });
  }
  const values =
    data instanceof Uint8Array || data instanceof Float32Array || data instanceof Float64Array
      ? data
      : Float64Array.from(data);
  const kind = data instanceof Uint8Array ? "pixels" : "numbers";
  return { values, kind, rows: isOne ? 1 : first, file, single: isOne };
}
