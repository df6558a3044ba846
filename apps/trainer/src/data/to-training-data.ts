// Arrays of a program as data to train on: typed arrays, ndarrays of any strides, or nested arrays.
import { type Nested, type Tensor, tensor } from "@gradloom/core";
import type { NdArray } from "ndarray";
import { DataError } from "../errors.ts";
import { contiguousCopy } from "./contiguous-copy.ts";
import { checkDataOptions, type DataOptions } from "./data-options.ts";
import { type DataDescription, type SourceArray, type TrainingData, toDataset } from "./dataset.ts";
import { imageShapeOf } from "./image-shape.ts";
import { checkSource, prepare } from "./prepare/prepare.ts";

/** Numbers of any shape: a typed array with the number of columns, an ndarray, or arrays in arrays. */
export type ArrayLikeRows =
  | { readonly data: NumberArray; readonly columns: number }
  | NdArray<NumberArray>
  | readonly Nested[];

/** Class numbers: a typed array, a list, or an ndarray (N,) or (N, 1). */
export type ArrayLikeLabels = NumberArray | readonly number[] | NdArray<NumberArray>;

/** Any typed array of numbers. */
export type NumberArray =
  | Uint8Array
  | Uint8ClampedArray
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** x and t of one set of rows. */
export interface ArrayRows {
  /** (N, D), or (N, height, width) for pictures. Bytes are taken as pixels and scaled by 1/255. */
  readonly x: ArrayLikeRows;
  /** N whole numbers from 0. */
  readonly t: ArrayLikeLabels;
}

/** Rows in memory, what they are called, and how they are split: `test` may also be rows of their own. */
export interface ArrayData
  extends ArrayRows,
    Pick<DataOptions, "classes" | "seed" | "standardize" | "validation">,
    Pick<DataDescription, "classNames" | "columnNames" | "imageShape"> {
  /** What messages call the data. Default "arrays". */
  readonly name?: string | undefined;
  /** Rows of their own, or the share of x that becomes the test set. Default 0.2. */
  readonly test?: ArrayRows | number | undefined;
}

/**
 * Checks, splits and prepares rows as `loadData` does those of a file. Nothing given is changed: all values are copied.
 *
 * @throws UsageError for options out of range.
 * @throws DataError naming the row and column of a value that cannot be trained on, or sizes that do not fit.
 */
export function toTrainingData(given: ArrayData): TrainingData {
  const { name = "arrays", classNames, columnNames, classes = classNames?.length, test, ...rest } = given;
  const share = typeof test === "number" ? test : undefined;
  const options = { ...rest, test: share };
  checkDataOptions({ ...options, classes });
  const x = rowsArray(given.x, `${name}, x`);
  const dataset = toDataset(x, labelsArray(given.t, `${name}, t`), { classes });
  const imageShape = given.imageShape ?? imageShapeOf(x.shape);
  const description: DataDescription = {
    ...(classNames === undefined ? {} : { classNames }),
    ...(columnNames === undefined ? {} : { columnNames }),
    ...(imageShape === undefined ? {} : { imageShape }),
  };
  const own =
    typeof test === "object"
      ? toDataset(rowsArray(test.x, `${name}, test x`), labelsArray(test.t, `${name}, test t`), {
          classes: dataset.classes,
        })
      : undefined;
  const source = { name, train: { dataset, description }, ...(own === undefined ? {} : { test: own }) };
  checkSource(source);
  return prepare(source, options);
}

function rowsArray(x: ArrayLikeRows, file: string): SourceArray {
  if (isNdarray(x)) return { file, shape: [...x.shape], data: contiguousCopy(x) };
  if ("columns" in x) {
    const { data, columns } = x;
    if (!(Number.isInteger(columns) && columns > 0 && data.length % columns === 0)) {
      throw new DataError({
        file,
        expected: "a number of columns that divides the number of values",
        found: `${data.length} values and columns ${columns}`,
        cure: "Give rows one after the other, each with all its columns.",
      });
    }
    const shape = [data.length / columns, columns];
    return { file, shape, data: contiguousCopy({ data, shape, stride: [columns, 1], offset: 0 }) };
  }
  const nested: Tensor<Float64Array> = nestedTensor(x, file);
  return { file, shape: [...nested.shape], data: nested.data };
}

function labelsArray(t: ArrayLikeLabels, file: string): SourceArray {
  if (!isNdarray(t)) {
    const data = Float64Array.from(t);
    return { file, shape: [data.length], data };
  }
  const isColumn = t.shape.length === 2 && t.shape[1] === 1;
  return { file, shape: isColumn ? t.shape.slice(0, 1) : [...t.shape], data: contiguousCopy(t) };
}

function nestedTensor(x: readonly Nested[], file: string): Tensor<Float64Array> {
  try {
    return tensor(x, "float64");
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    const cure = "Give as many numbers in every row.";
    throw new DataError({ file, expected: "rows of numbers, all of one length", found, cure }, { cause });
  }
}

function isNdarray<T>(x: T): x is Extract<T, NdArray<NumberArray>> {
  return typeof x === "object" && x !== null && "shape" in x && "stride" in x && "data" in x;
}
