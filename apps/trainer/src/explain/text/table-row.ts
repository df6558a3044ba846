// A row of a table as lines: each column's name, the value as it was, and as the net sees it.
import type { ModelCard } from "../../model/model-card.ts";
import { shortNumber } from "./short-number.ts";

/** More columns are a list that nobody reads. */
const MOST_COLUMNS = 16;
const LONGEST_NAME = 40;

/** Nothing for a model whose columns have no names, or too many. `x` are the values that the net gets. */
export function tableRowLines(x: ArrayLike<number>, card: ModelCard): readonly string[] {
  const { columnNames, standardization, scale } = card;
  if (columnNames === undefined || columnNames.length > MOST_COLUMNS) return [];
  const names = columnNames.map((name) => name.replace(/\p{C}/gu, "?").slice(0, LONGEST_NAME));
  const width = Math.max(...names.map((name) => name.length));
  return names.map((name, column) => {
    const ready = x[column] ?? Number.NaN;
    const raw =
      standardization === undefined
        ? ready / scale
        : ready * (standardization.std[column] ?? 1) + (standardization.mean[column] ?? 0);
    // Undoing a standardization leaves rounding behind, which four digits do not show.
    const change = shortNumber(raw) === shortNumber(ready) ? "" : ` → ${shortNumber(ready)} for the net`;
    return `${name.padEnd(width)}  ${shortNumber(Number(raw.toPrecision(6)))}${change}`;
  });
}
