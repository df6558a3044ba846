// Rows of a CSV file for a model: its columns found by name or place, its labels where there are some.

import { DataError } from "../../errors.ts";
import type { ModelCard } from "../../model/model-card.ts";
import { type CsvFile, columnTitle, openCsv } from "../csv/open-csv.ts";
import { pickColumn } from "../csv/pick-column.ts";
import { readKnownLabels } from "../csv/read-labels.ts";
import { readNumbers } from "../csv/read-numbers.ts";
import type { RawRows } from "./raw-rows.ts";
import type { RowOptions } from "./row-options.ts";

interface Columns {
  readonly inputs: readonly number[];
  readonly label?: number;
}

const LAST_COLUMN = -1;

/**
 * Where both the model and the file name their columns, by name, in any order and among others. Else by place: as
 * many columns as the model has inputs, or one more, the label's.
 *
 * @throws DataError naming file, line and column.
 */
export function csvRows(
  bytes: Uint8Array,
  file: string,
  card: ModelCard,
  inputs: number,
  { label, header, missing }: RowOptions,
): RawRows {
  const csv = openCsv(bytes, file, header);
  const columns =
    card.columnNames !== undefined && csv.names !== undefined
      ? columnsByName(csv, csv.names, card.columnNames, label ?? labelThere(csv.names, card))
      : columnsByPlace(csv, inputs, label ?? (typeof card.label === "number" ? card.label : LAST_COLUMN));
  const values = readNumbers(csv, columns.inputs, missing === "mean");
  const rows = { values, kind: "numbers", rows: csv.rows, file, single: false } as const;
  const labels =
    columns.label === undefined ? undefined : readKnownLabels(csv, columns.label, card.classNames);
  return labels === undefined ? rows : { ...rows, labels };
}

function columnsByName(
  csv: CsvFile,
  names: readonly string[],
  wanted: readonly string[],
  label: string | number | undefined,
): Columns {
  const placeOf = new Map(names.map((name, column) => [name, column]));
  const missing = wanted.filter((name) => !placeOf.has(name));
  if (missing.length > 0) {
    throw new DataError({
      file: csv.file,
      line: 1,
      expected: `the model's columns: ${shown(wanted)}`,
      found: `no ${shown(missing)}`,
      cure: "Name the columns as in training, or give the file without a header and the columns in their order.",
    });
  }
  const inputs = wanted.map((name) => placeOf.get(name) ?? 0);
  return label === undefined ? { inputs } : { inputs, label: pickColumn(csv, label) };
}

/** The label may be absent: the model knows its name, and a file to predict need not have it. */
function labelThere(names: readonly string[], { label }: ModelCard): string | undefined {
  return typeof label === "string" && names.includes(label) ? label : undefined;
}

function columnsByPlace(csv: CsvFile, inputs: number, label: string | number): Columns {
  const all = Array.from({ length: csv.width }, (_, column) => column);
  if (csv.width === inputs) return { inputs: all };
  if (csv.width === inputs + 1) {
    const column = pickColumn(csv, label);
    return { inputs: all.filter((other) => other !== column), label: column };
  }
  throw new DataError({
    file: csv.file,
    expected: `${inputs} columns, as the model has inputs, or one more for the label`,
    found: `${csv.width}, from ${columnTitle(csv, 0)} on`,
    cure: "Give the columns of the training data, in their order.",
  });
}

function shown(names: readonly string[]): string {
  const more = names.length - 8;
  return `${names
    .slice(0, 8)
    .map((name) => JSON.stringify(name))
    .join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
