// The card as the metadata of a safetensors file: text by key, JSON where it is more than a word, and back.
import type { Standardization } from "../data/dataset.ts";
import { DataError } from "../errors.ts";
import { numbered } from "./card-of.ts";
import type { ModelCard } from "./model-card.ts";

/** Keys of the card; core's own (format, layout, activation, dtype) describe the net. Any other key is a fact. */
const CARD_KEYS = ["classes", "columns", "label", "image_shape", "standardization", "scale"];
const NET_KEYS = ["format", "layout", "activation", "dtype"];

/** What a card has to fit. */
export interface NetWidths {
  /** D, the values of one sample. */
  readonly inputs: number;
  /** C. */
  readonly classes: number;
}

/**
 * `classes` and `columns`: JSON lists of names. `label`: the label column's name in quotes, or its number. `image_shape`: `[height,width]`. `standardization`:
 * `{"mean":[…],"std":[…]}`, one number a column. `scale`: a number. Then the facts, each under its own name.
 *
 * @throws DataError for a fact that has the name of one of these keys, or of one of core's.
 */
export function cardMetadata(card: ModelCard): Readonly<Record<string, string>> {
  const { classNames, columnNames, label, imageShape, standardization, scale, facts } = card;
  const taken = Object.keys(facts).find((key) => CARD_KEYS.includes(key) || NET_KEYS.includes(key));
  if (taken !== undefined) {
    throw new DataError({
      file: "the model to be saved",
      expected: "facts of other names than the card's own keys",
      found: JSON.stringify(taken),
      cure: "Give the fact another name.",
    });
  }
  const entries: [string, string][] = [["classes", JSON.stringify(classNames)]];
  if (columnNames !== undefined) entries.push(["columns", JSON.stringify(columnNames)]);
  if (label !== undefined) entries.push(["label", JSON.stringify(label)]);
  if (imageShape !== undefined) entries.push(["image_shape", JSON.stringify(imageShape)]);
  if (standardization !== undefined) entries.push(["standardization", standardizationText(standardization)]);
  entries.push(["scale", JSON.stringify(scale)]);
  // fromEntries defines properties, so that a fact called __proto__ is a fact.
  return Object.fromEntries([...entries, ...Object.entries(facts)]);
}

/**
 * The card in a file's metadata; what is missing gets its default.
 *
 * @throws DataError naming the file, the key and what does not fit.
 */
export function cardFrom(metadata: ReadonlyMap<string, string>, net: NetWidths, file: string): ModelCard {
  const read = <T>(
    key: string,
    expected: string,
    judge: (value: unknown) => T | undefined,
  ): T | undefined => {
    const text = metadata.get(key);
    if (text === undefined) return undefined;
    const value = judge(parsed(text));
    if (value !== undefined) return value;
    throw wrong(file, key, expected, text);
  };
  const { inputs, classes } = net;
  const classNames = read("classes", `a JSON list of ${classes} names, one a class`, (v) =>
    names(v, classes),
  );
  const columnNames = read("columns", `a JSON list of ${inputs} names, one an input`, (v) =>
    names(v, inputs),
  );
  const label = read("label", "a name in quotes, or a column's number", (v) =>
    typeof v === "string" || (Number.isSafeInteger(v) && Number(v) >= 0) ? (v as string | number) : undefined,
  );
  const imageShape = read("image_shape", `[height,width] of ${inputs} pixels in all`, (v) =>
    shape(v, inputs),
  );
  const standardization = read(
    "standardization",
    `{"mean":[…],"std":[…]} with ${inputs} finite numbers each, std above 0`,
    (value) => statistics(value, inputs),
  );
  const scale = read("scale", "a finite number above 0", (value) =>
    isFiniteNumber(value) && value > 0 ? value : undefined,
  );
  const others = [...metadata].filter(([key]) => !CARD_KEYS.includes(key) && !NET_KEYS.includes(key));
  return {
    classNames: classNames ?? numbered(classes),
    ...(columnNames === undefined ? {} : { columnNames }),
    ...(label === undefined ? {} : { label }),
    ...(imageShape === undefined ? {} : { imageShape }),
    ...(standardization === undefined ? {} : { standardization }),
    scale: scale ?? 1,
    facts: Object.fromEntries(others),
  };
}

function standardizationText({ mean, std }: Standardization): string {
  return JSON.stringify({ mean, std });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function names(value: unknown, count: number): readonly string[] | undefined {
  const fits = Array.isArray(value) && value.length === count && value.every((x) => typeof x === "string");
  return fits ? value : undefined;
}

function shape(value: unknown, pixels: number): readonly [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [height, width]: readonly unknown[] = value;
  if (!Number.isSafeInteger(height) || !Number.isSafeInteger(width)) return undefined;
  return Number(height) > 0 && Number(height) * Number(width) === pixels
    ? [Number(height), Number(width)]
    : undefined;
}

function statistics(value: unknown, count: number): Standardization | undefined {
  if (typeof value !== "object" || value === null || !("mean" in value) || !("std" in value))
    return undefined;
  const { mean, std } = value;
  const numbers = (list: unknown): list is number[] =>
    Array.isArray(list) && list.length === count && list.every(isFiniteNumber);
  return numbers(mean) && numbers(std) && std.every((x) => x > 0) ? { mean, std } : undefined;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function wrong(file: string, key: string, expected: string, text: string): DataError {
  const found = JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text);
  const cure = "The file was changed after it was saved, or another program wrote this key: save it again.";
  return new DataError({ file, expected: `metadata.${key} to be ${expected}`, found, cure });
}
