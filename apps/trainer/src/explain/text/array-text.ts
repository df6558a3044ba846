// An array as lines: name, shape, and its numbers in columns; long rows and many rows are cut in the middle.
import type { ArrayValues } from "@gradloom/core";
import { shortNumber } from "./short-number.ts";

const WIDTH = 80;
const INDENT = "    ";
const NAME_WIDTH = 6;
const SHAPE_WIDTH = 12;
/** From the first column of numbers to the end of the line. */
const ROOM = WIDTH - INDENT.length - NAME_WIDTH - SHAPE_WIDTH;
const MOST_ROWS = 8;
/** A list of so many numbers is shown whole, on several lines if need be: the scores of all classes. */
const WHOLE_LIST = 24;
const GAP = "…";

export function arrayLines(name: string, array: ArrayValues): readonly string[] {
  const rows = foldedList(rowsOf(array));
  const shown = cutMiddle(rows, MOST_ROWS, 4);
  const cells = shown.map((row) => row?.map(shortNumber));
  const longest = Math.max(1, ...cells.flatMap((row) => row ?? []).map((cell) => cell.length));
  const columns = columnsOf(longest);
  const body = cells.map((row) => {
    if (row === undefined) return GAP.padStart(longest);
    return cutMiddle(row, columns, columns - 2)
      .map((cell) => (cell ?? GAP).padStart(cell === undefined ? 1 : longest))
      .join("  ");
  });
  const head = `${INDENT}${name.padEnd(NAME_WIDTH)}${shapeOf(array).padEnd(SHAPE_WIDTH)}`;
  const isCut = shown.includes(undefined) || cells.some((row) => (row?.length ?? 0) > columns);
  const lines = body.map((line, i) => (i === 0 ? head : " ".repeat(head.length)) + line);
  return isCut ? [...lines, " ".repeat(head.length) + summaryOf(rows.flat())] : lines;
}

/** "(2, 3)", "(3,)" for a list, "number" for a single one. */
export function shapeOf({ shape }: ArrayValues): string {
  if (shape.length === 0) return "number";
  return `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** The array as rows of its last axis. */
function rowsOf({ values, shape }: ArrayValues): readonly (readonly number[])[] {
  const flat = typeof values === "number" ? [values] : (values as readonly unknown[]).flat(Infinity);
  const width = shape.at(-1) ?? 1;
  const rows: number[][] = [];
  for (let from = 0; from < flat.length; from += width) {
    rows.push(flat.slice(from, from + width).map(Number));
  }
  return rows.length === 0 ? [[]] : rows;
}

/** A short list as rows of as many numbers as a line holds. */
function foldedList(rows: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const [list = [], ...more] = rows;
  if (more.length > 0 || list.length > WHOLE_LIST) return rows;
  const longest = Math.max(1, ...list.map((value) => shortNumber(value).length));
  const columns = columnsOf(longest);
  if (list.length <= columns) return rows;
  return Array.from({ length: Math.ceil(list.length / columns) }, (_, i) =>
    list.slice(i * columns, (i + 1) * columns),
  );
}

/** How many numbers of this width a line holds. */
function columnsOf(width: number): number {
  return Math.max(3, Math.floor((ROOM + 2) / (width + 2)));
}

/** All items, or the first few, `undefined` for the gap, and the last. */
function cutMiddle<T>(items: readonly T[], most: number, first: number): readonly (T | undefined)[] {
  if (items.length <= most) return items;
  return [...items.slice(0, first), undefined, ...items.slice(-1)];
}

function summaryOf(values: readonly number[]): string {
  const sum = values.reduce((total, value) => total + value, 0);
  const [least, most] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  const zeros = values.filter((value) => value === 0).length;
  const range = `${shortNumber(least)} to ${shortNumber(most)}, mean ${shortNumber(sum / values.length)}`;
  return `${range}${zeros === 0 ? "" : `; ${zeros} of ${values.length} are 0`}`;
}
