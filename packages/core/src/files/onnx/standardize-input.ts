// The nodes before the first layer that turn raw values into what the net was trained on.
import type { Dtype } from "@gradloom/kernels";
import { ShapeError, ValueError } from "../../errors.ts";
import { zerosOf } from "../../tensors/copies.ts";
import { constant, node } from "./messages.ts";

/** x ← ((x − mean) / std) · scale, column by column; what is left out is not done. */
export interface InputStandardization {
  /** (D,): subtracted from each column. */
  readonly mean?: readonly number[];
  /** (D,): what each column is divided by then; no entry is 0. */
  readonly std?: readonly number[];
  /** What everything is multiplied by in the end, such as 1/255 for bytes. */
  readonly scale?: number;
}

/** Part of a graph: `output` is where its value is. */
interface Steps {
  readonly nodes: readonly Uint8Array[];
  readonly constants: readonly Uint8Array[];
  readonly output: string;
}

/** @throws ShapeError for a list of another length than `width`; ValueError for a number that cannot be. */
export function standardizeInput(
  input: string,
  { mean, std, scale }: InputStandardization,
  width: number,
  dtype: Dtype,
): Steps {
  const nodes: Uint8Array[] = [];
  const constants: Uint8Array[] = [];
  let output = input;
  const step = (operator: string, name: string, values: readonly number[], result: string): void => {
    constants.push(constant(name, vector(values, dtype, name)));
    nodes.push(node(operator, [output, name], result));
    output = result;
  };
  if (mean !== undefined) step("Sub", "mean", requireWidth("mean", mean, width), "centred");
  if (std !== undefined) step("Div", "std", requireWidth("std", std, width), "standardized");
  if (scale !== undefined && scale !== 1) step("Mul", "scale", [scale], "scaled");
  return { nodes, constants, output };
}

function requireWidth(name: string, values: readonly number[], width: number): readonly number[] {
  if (values.length === width) return values;
  throw new ShapeError(`input.${name} has ${values.length} values for a net that takes ${width}`);
}

// Judged as it will be stored: 1e-50 is not 0, but in float32 it becomes 0.
function vector(values: readonly number[], dtype: Dtype, name: string): ReturnType<typeof zerosOf> {
  const stored = zerosOf([values.length], dtype);
  for (const [i, value] of values.entries()) {
    stored.data[i] = value;
    if (Number.isFinite(stored.data[i]) && (stored.data[i] !== 0 || name === "mean")) continue;
    throw new ValueError(
      `input.${name}[${i}] is ${value}; a finite ${dtype}${name === "mean" ? "" : " other than 0"} is needed`,
    );
  }
  return stored;
}
