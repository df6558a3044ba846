// The pictures of Fashion-MNIST as a table of text: 784 columns of pixels and the name of the class.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLOTHES } from "./install.ts";

/** By the numbers of the classes. */
export const NAMES: readonly string[] = [
  ...["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"],
  ...["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
];
export const PIXELS = 784;

/** A row of pixels for each picture and, where `classes` are given, the class beside it. */
export function csvOf(rows: Iterable<ArrayLike<number>>, classes?: readonly string[]): string {
  const header = Array.from({ length: PIXELS }, (_, k) => `pixel ${k}`);
  const lines = [classes === undefined ? header.join() : [...header, "class"].join()];
  for (const row of rows) {
    const name = classes?.[lines.length - 1];
    lines.push(name === undefined ? Array.from(row).join() : `${Array.from(row).join()},${name}`);
  }
  return `${lines.join("\n")}\n`;
}

/** The first `count` pictures of every class, one class after the other. */
export function clothesCsv(count: number): string {
  const rows: number[][] = [];
  const classes: string[] = [];
  for (const [number, name] of NAMES.entries()) {
    const { data } = JSON.parse(readFileSync(join(CLOTHES, `${number}.json`), "utf8")) as {
      data: number[][];
    };
    // Among the T-shirts are two empty rows, where the package's author joined files.
    const pictures = data.filter(({ length }) => length === PIXELS).slice(0, count);
    rows.push(...pictures);
    classes.push(...pictures.map(() => name));
  }
  return csvOf(rows, classes);
}
