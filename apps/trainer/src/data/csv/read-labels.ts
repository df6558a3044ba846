// The label column of a CSV file: names become class numbers.
import { DataError } from "../../errors.ts";
import { MOST_CLASSES } from "../../option-rules.ts";
import { type ClassOrder, orderClasses } from "../class-names.ts";
import { fieldText, isMissing } from "./field.ts";
import { type CsvFile, eachRow } from "./open-csv.ts";
import { fieldFault } from "./read-numbers.ts";

/** A row's class before the classes have their order, or NO_LABEL. */
export const NO_LABEL = -1;

export interface LabelColumn {
  /** One for each row: a class number, or NO_LABEL where `keepMissing` let a missing label through. */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly names: readonly string[];
}

/** @throws DataError with line and column for a missing label, or more classes than any net has. */
export function readLabels(csv: CsvFile, column: number, keepMissing: boolean): LabelColumn {
  const labels = new Int32Array(csv.rows);
  const seen = new Map<string, number>();
  eachRow(csv, (record, row) => {
    const text = fieldText(csv.bytes, record, column);
    if (isNoLabel(text)) {
      if (!keepMissing) throw fieldFault(csv, record, row, column, missingLabel(text));
      labels[row] = NO_LABEL;
      return;
    }
    if (!seen.has(text)) seen.set(text, seen.size);
    if (seen.size > MOST_CLASSES) throw fieldFault(csv, record, row, column, tooMany());
    labels[row] = seen.get(text) ?? 0;
  });
  const { names, classOf }: ClassOrder = orderClasses(seen.keys());
  const order = [...seen.keys()].map((text) => classOf.get(text) ?? 0);
  return { labels: labels.map((first) => (first < 0 ? NO_LABEL : (order[first] ?? 0))), names };
}

/**
 * Class numbers by a model's names; the names may be spelled as any number of the same value. Undefined for a column
 * without a single label: a form that is still to be filled in.
 *
 * @throws DataError with line and column for a label that is none of them.
 */
export function readKnownLabels(
  csv: CsvFile,
  column: number,
  classNames: readonly string[],
): Int32Array<ArrayBuffer> | undefined {
  const labels = new Int32Array(csv.rows);
  const known = new Map(classNames.map((name, i) => [name, i]));
  let unlabelled = 0;
  eachRow(csv, (record, row) => {
    const text = fieldText(csv.bytes, record, column);
    const label = known.get(text) ?? known.get(orderClasses([text]).names[0] ?? text);
    if (label === undefined && text === "" && unlabelled === row) unlabelled++;
    else if (label === undefined || unlabelled > 0)
      throw fieldFault(csv, record, row, column, unknownClass(text, classNames));
    labels[row] = label ?? NO_LABEL;
  });
  return unlabelled > 0 ? undefined : labels;
}

/** "none" is missing among numbers, and a good name for a class. */
function isNoLabel(text: string): boolean {
  return isMissing(text) && text.toLowerCase() !== "none";
}

/** The error when every row has a class of its own: such a column names or measures, it does not classify. */
export function noClasses(csv: CsvFile, title: string): DataError {
  return new DataError({
    file: csv.file,
    columnName: title,
    expected: "a label column in which classes come more than once",
    found: `a different label in each of the ${csv.rows} rows`,
    cure: "Choose the column of the classes with --label; a net that predicts a number is not offered.",
  });
}

type Wrong = { readonly expected: string; readonly found: string; readonly cure: string };

function missingLabel(text: string): Wrong {
  return {
    expected: "a class",
    found: text === "" ? "an empty field" : JSON.stringify(text),
    cure: "Fill it in, or leave such rows out with --missing drop.",
  };
}

function tooMany(): Wrong {
  return {
    expected: `at most ${MOST_CLASSES} classes`,
    found: "more",
    cure: "Check that this is the label column (--label).",
  };
}

function unknownClass(text: string, classNames: readonly string[]): Wrong {
  const some = classNames.slice(0, 12).join(", ");
  return {
    expected: `one of the model's ${classNames.length} classes (${some}${classNames.length > 12 ? ", …" : ""})`,
    found: JSON.stringify(text.slice(0, 40)),
    cure: "Give the label column with --label, or a file with the model's classes.",
  };
}
