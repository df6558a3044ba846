// Reads NPY, NumPy's format for one array of numbers, into row-major order, whatever order and byte order it has.
// Layout: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { DataError } from "../../errors.ts";
import { decodeElements, type NpyDtype, type NpyValues, npyDtype } from "./elements.ts";
import { type NpyHeader, readNpyHeader } from "./header.ts";

/** The content of one NPY file. */
export interface Npy {
  /** Where it came from, for messages. */
  readonly file: string;
  readonly dtype: NpyDtype;
  /** Empty for a single number; sizes may be 0. */
  readonly shape: readonly number[];
  /** Row-major. A view of the file's bytes where it can be. float16 becomes float32, bool 0 and 1. */
  readonly data: NpyValues;
}

/**
 * Parses a whole NPY file of version 1, 2 or 3. Strict: the length must be exactly what the header announces, and
 * nothing is allocated before that is known. Pickled objects are refused: to read them is to run them.
 *
 * @throws DataError naming the file and the byte.
 */
export function readNpy(bytes: Uint8Array, file: string): Npy {
  const header = readNpyHeader(bytes, file);
  const { shape, start } = header;
  const dtype = npyDtype(header.descr);
  if (dtype === undefined) throw notNumbers(file, header);
  const count = product(shape);
  const length = start + count * dtype.bytes;
  if (bytes.length !== length) {
    const short = bytes.length < length;
    throw new DataError({
      file,
      offset: short ? bytes.length : length,
      expected: `${length} bytes in all (a header of ${start}, then ${shape.join("×")} values of ${dtype.name})`,
      found: `${bytes.length} bytes`,
      cure: short ? "The file is cut short: save it again." : "Something follows the values: save it again.",
    });
  }
  const data = decodeElements(bytes.subarray(start), dtype);
  return { file, dtype: dtype.name, shape, data: header.fortranOrder ? rowMajor(data, shape) : data };
}

/** The twin of a column-major array: the element at (i, j, …) of the one is at (i, j, …) of the other. */
function rowMajor(data: NpyValues, shape: readonly number[]): NpyValues {
  if (shape.length < 2) return data;
  const out = data.slice();
  const index = shape.map(() => 0);
  const steps = shape.map((_, axis) => product(shape.slice(axis + 1)));
  let to = 0;
  for (let from = 0; from < data.length; from++) {
    const value = data[from];
    if (value !== undefined) out[to] = value;
    for (let axis = 0; axis < shape.length; axis++) {
      const next = (index[axis] ?? 0) + 1;
      to += steps[axis] ?? 0;
      index[axis] = next;
      if (next < (shape[axis] ?? 0)) break;
      to -= next * (steps[axis] ?? 0);
      index[axis] = 0;
    }
  }
  return out;
}

// The test for 0 comes first because 0 · Infinity is not a number.
function product(shape: readonly number[]): number {
  return shape.includes(0) ? 0 : shape.reduce((all, size) => all * size, 1);
}

function notNumbers(file: string, { descr }: NpyHeader): DataError {
  const pickled = descr.includes("O");
  return new DataError({
    file,
    offset: 0,
    expected: "an array of numbers: bool, int8 to int64, uint8 to uint64, float16, float32 or float64",
    found: pickled ? "pickled Python objects ('|O')" : `the type ${JSON.stringify(descr.slice(0, 40))}`,
    cure: pickled
      ? "They are never loaded, because that would run code: save numbers, with numpy.save(…, allow_pickle=False)."
      : 'Convert the array before it is saved, for example with x.astype("float32").',
  });
}
