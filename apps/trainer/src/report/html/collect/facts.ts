// The run's data and configuration as names and values.
import type { Dataset, TrainingData } from "../../../data/dataset.ts";
import { formatCount } from "../../format.ts";
import type { Facts } from "../report.ts";
import { imageSize } from "./image-size.ts";

/** What the net was trained on and judged by. */
export function dataFacts({ name, train, validation, test, description = {} }: TrainingData): Facts {
  const size = imageSize(train, description);
  const facts: [string, string][] = [
    ["Name", name],
    ["Training rows", formatCount(train.rows)],
    ["Validation rows", validation === undefined ? "none" : formatCount(validation.rows)],
    ["Test rows", formatCount(test.rows)],
    [
      "Columns",
      size === undefined
        ? formatCount(train.columns)
        : `${formatCount(train.columns)}, pictures of ${size.height} × ${size.width}`,
    ],
    ["Classes", formatCount(train.classes)],
    ["Values", kindOf(train)],
  ];
  if (description.standardization !== undefined) {
    facts.push(["Standardized", "each column: minus its mean, over its standard deviation"]);
  }
  return facts;
}

function kindOf({ images, scale }: Dataset): string {
  if (images instanceof Uint8Array) return `bytes, times ${Number(scale.toPrecision(6))}`;
  return images instanceof Float64Array ? "float64" : "float32";
}

/** Options as text. One that is undefined was not given and is left out. */
export function configurationFacts(config: Readonly<Record<string, unknown>>): Facts {
  return Object.entries(config)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, valueText(value)]);
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueText).join(", ");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  return value === null ? "none" : String(value);
}
