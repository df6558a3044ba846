// An evaluation as lines for people: a summary, a row for each class, and who is taken for whom.
import { formatAccuracy, formatCount, formatLoss } from "../report/format.ts";
import type { Evaluation } from "./evaluate-model.ts";
import { plainName } from "./plain-name.ts";

/** A wider matrix is not legible: the largest confusions are listed instead. */
const WIDEST_MATRIX = 80;
const SHORT_NAME = 6;
const LONGEST_LIST = 10;

export function evaluationLines(evaluation: Evaluation, source: string): readonly string[] {
  const { rows, loss, accuracy } = evaluation;
  const right = Math.round(accuracy * rows);
  return [
    `accuracy  ${formatAccuracy(accuracy)} (${formatCount(right)} of ${formatCount(rows)}, ${source})`,
    `loss      ${formatLoss(loss)}`,
    "",
    ...classLines(evaluation),
    "",
    ...(matrixLines(evaluation) ?? confusionLines(evaluation)),
  ];
}

function classLines({ classes, macro }: Evaluation): readonly string[] {
  const width = Math.max(5, ...classes.map(({ name }) => plainName(name).length));
  const line = (name: string, ...cells: readonly string[]): string =>
    name.padEnd(width) + cells.map((cell) => cell.padStart(11)).join("");
  const support = classes.reduce((sum, one) => sum + one.support, 0);
  return [
    line("class", "precision", "recall", "F1", "rows"),
    ...classes.map(({ name, precision, recall, f1, support: own }) =>
      line(plainName(name), share(precision), share(recall), share(f1), formatCount(own)),
    ),
    line("mean", share(macro.precision), share(macro.recall), share(macro.f1), formatCount(support)),
  ];
}

/** Rows are what is right, columns what the model says. A dot is a 0: what remains to be seen are the mistakes. */
function matrixLines({ classes, confusion }: Evaluation): readonly string[] | undefined {
  const names = classes.map(({ name }) => plainName(name));
  const width = Math.max(...names.map((name) => name.length));
  const digits = String(Math.max(...confusion.flat())).length;
  // Whole names above the columns where there is room for them, else their beginnings.
  const fits = (length: number): boolean =>
    width + 1 + (Math.max(digits, length) + 2) * names.length <= WIDEST_MATRIX;
  const cell = Math.max(digits, fits(width) ? width : Math.min(width, SHORT_NAME)) + 2;
  if (width + 1 + cell * names.length > WIDEST_MATRIX) return undefined;
  const line = (name: string, cells: readonly string[]): string =>
    `${name.padEnd(width)} ${cells.map((text) => text.padStart(cell)).join("")}`;
  return [
    "right class (rows) and what the model says (columns):",
    line(
      "",
      names.map((name) => name.slice(0, cell - 2)),
    ),
    ...confusion.map((counts, k) =>
      line(
        names[k] ?? "",
        counts.map((count) => (count === 0 ? "." : String(count))),
      ),
    ),
  ];
}

function confusionLines({ classes, confusion }: Evaluation): readonly string[] {
  const mistakes = confusion
    .flatMap((counts, label) => counts.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count);
  if (mistakes.length === 0) return ["no row is taken for another class"];
  const name = (k: number): string => plainName(classes[k]?.name ?? String(k));
  return [
    "most frequent mistakes:",
    ...mistakes
      .slice(0, LONGEST_LIST)
      .map(
        ({ label, predicted, count }) =>
          `${String(count).padStart(7)}  ${name(label)} taken for ${name(predicted)}`,
      ),
  ];
}

/** A figure that is 0/0 is a dash. */
function share(value: number | undefined): string {
  return value === undefined ? "-" : value.toFixed(4);
}
