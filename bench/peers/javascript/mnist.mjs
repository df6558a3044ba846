// MNIST's IDX files as arrays: pixels as floats from 0 to 1, labels as bytes.
import { readFileSync } from "node:fs";

export const PIXELS = 784;

/**
 * The first `count` images of a split as they are stored, one byte a pixel; all of them without `count`.
 * @param {string} folder
 * @param {"train" | "t10k"} split
 * @param {number} [count]
 * @returns {Uint8Array}
 */
export function imageBytes(folder, split, count) {
  return readFileSync(`${folder}/${split}-images-idx3-ubyte`).subarray(16, 16 + (count ?? Infinity) * PIXELS);
}

/**
 * The first `count` images of a split as pixels / 255, row after row; all of them without `count`.
 * @param {string} folder
 * @param {"train" | "t10k"} split
 * @param {number} [count]
 * @returns {Float32Array}
 */
export function images(folder, split, count) {
  const bytes = imageBytes(folder, split, count);
  const pixels = new Float32Array(bytes.length);
  // A loop, not Float32Array.from with a function: that takes 14 s for MNIST, this a tenth of a second.
  for (let i = 0; i < pixels.length; i++) pixels[i] = Number(bytes[i]) / 255;
  return pixels;
}

/**
 * The first `count` labels of a split, 0 to 9; all of them without `count`.
 * @param {string} folder
 * @param {"train" | "t10k"} split
 * @param {number} [count]
 * @returns {Uint8Array}
 */
export function labels(folder, split, count) {
  return readFileSync(`${folder}/${split}-labels-idx1-ubyte`).subarray(8, 8 + (count ?? Infinity));
}

/**
 * Labels as rows of ten numbers, one of them 1.
 * @param {Uint8Array} classes
 * @returns {Float32Array}
 */
export function oneHot(classes) {
  const rows = new Float32Array(classes.length * 10);
  for (const [i, label] of classes.entries()) rows[i * 10 + label] = 1;
  return rows;
}

/**
 * Row numbers for one batch after another, without end: all rows in a new order, then all again.
 * Peers draw at random as their users would, without a seed: only their time is compared.
 * @param {number} rows
 * @param {number} batch Divides `rows`.
 * @returns {Generator<Int32Array, never>}
 */
export function* batches(rows, batch) {
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  for (;;) {
    for (let i = rows - 1; i > 0; i--) {
      const j = Math.floor(Math.random() * (i + 1));
      [order[i], order[j]] = [Number(order[j]), Number(order[i])];
    }
    for (let from = 0; from < rows; from += batch) yield order.subarray(from, from + batch);
  }
}

/**
 * Copies the given rows of pixels, one after the other, into `out`.
 * @param {Float32Array} pixels
 * @param {Int32Array} rows
 * @param {Float32Array} out
 * @param {number} [width]
 */
export function gather(pixels, rows, out, width = PIXELS) {
  for (const [i, row] of rows.entries()) out.set(pixels.subarray(row * width, (row + 1) * width), i * width);
  return out;
}

/** A number from the normal distribution (Box and Muller), for initial values. */
export function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/**
 * The book's initial values: `count` numbers from 0.01·N(0, 1).
 * @param {number} count
 */
export function smallNormals(count) {
  return Float32Array.from({ length: count }, () => 0.01 * normal());
}
