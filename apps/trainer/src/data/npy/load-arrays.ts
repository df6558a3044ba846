// Arrays of NPY and NPZ files as rows to train on.
import { DataError } from "../../errors.ts";
import { type SourceArray, toDataset } from "../dataset.ts";
import { imageShapeOf } from "../image-shape.ts";
import type { Samples, Source } from "../prepare/samples.ts";
import type { Npy } from "./read-npy.ts";
import { type Npz, readNpz } from "./read-npz.ts";

type Classes = { readonly classes?: number | undefined };

/** The names that arrays are looked up under: Keras's, and the short ones. */
const TRAIN_NAMES = [
  ["x_train", "y_train"],
  ["x", "y"],
] as const;

/**
 * x (N, …) with y (N,) or (N, 1); of an .npz the arrays x_train and y_train, or x and y, and as the test set x_test
 * and y_test where they are there.
 *
 * @throws DataError naming the file, the array and what is wrong.
 */
export function loadNpz(bytes: Uint8Array, file: string, options: Classes = {}): Source {
  const npz = readNpz(bytes, file);
  const [xName, yName] = TRAIN_NAMES.find(([x]) => npz.names.includes(x)) ?? ["x_train", "y_train"];
  const train = arraySamples(array(npz, xName, file), array(npz, yName, file), options);
  const { classes } = train.dataset;
  const hasTest = npz.names.includes("x_test");
  if (!hasTest) return { name: file, train };
  const test = arraySamples(array(npz, "x_test", file), array(npz, "y_test", file), { classes }).dataset;
  return { name: file, train, test };
}

/** @throws DataError when the two arrays do not fit each other. */
export function arraySamples(x: Npy, y: Npy, options: Classes = {}): Samples {
  const dataset = toDataset(plain(x), { ...plain(y), shape: labelShape(y) }, options);
  const imageShape = imageShapeOf(x.shape);
  return { dataset, description: imageShape === undefined ? {} : { imageShape } };
}

/** Numbers as a data set keeps them: bytes stay, what float32 holds exactly becomes float32, the rest float64. */
export function plain({ file, shape, dtype, data }: Npy): SourceArray {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return { file, shape, data: Float64Array.from(data, Number) };
  if (data instanceof Float32Array || data instanceof Float64Array) return { file, shape, data };
  if (data instanceof Uint8Array && dtype === "uint8") return { file, shape, data };
  const values = data.BYTES_PER_ELEMENT === 4 ? Float64Array.from(data) : Float32Array.from(data);
  return { file, shape, data: values };
}

/** Keras keeps some labels as a column. */
export function labelShape({ shape, file }: Npy): readonly number[] {
  const [rows = 0, ...rest] = shape;
  if (shape.length === 2 && rest[0] === 1) return [rows];
  if (shape.length === 1) return shape;
  throw new DataError({
    file,
    expected: "labels: one size, the number of rows",
    found: shape.length === 0 ? "a single number" : `the sizes ${shape.join("×")}`,
    cure: "Labels are class numbers; make them of one-hot rows with y.argmax(axis=1).",
  });
}

function array(npz: Npz, name: string, file: string): Npy {
  const found = npz.read(name);
  if (found !== undefined) return found;
  throw new DataError({
    file,
    expected: `an array called ${name}`,
    found: npz.names.length === 0 ? "no array" : `only ${npz.names.slice(0, 12).join(", ")}`,
    cure: "Save x_train and y_train (and x_test and y_test, if there are any), or x and y, with numpy.savez.",
  });
}
