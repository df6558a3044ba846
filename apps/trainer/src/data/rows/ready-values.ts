// From the values of a file to what a net was trained on: the same standardization and scale, in the same rounding.
import { DataError, UsageError } from "../../errors.ts";
import type { ModelCard } from "../../model/model-card.ts";
import type { RawRows } from "./raw-rows.ts";

/**
 * out ← the rows' values, ready for the net:
 * (value − mean) / std where the card has statistics, else value · scale, where
 * - numbers of a file are what the training data's numbers were. Floats beside a model of bytes are taken as scaled
 *   already, as `toDataset` takes them; numbers of a CSV file are not: text does not tell bytes from others;
 * - pixels are bytes from 0 to 255. A model of pictures that was trained on floats knows light from 0 to 1.
 *
 * @throws DataError for a value that is not finite, or not in the net's dtype.
 */
export function readyValues(
  raw: RawRows,
  card: ModelCard,
  out: Float32Array | Float64Array,
  isText: boolean,
): void {
  const { standardization, scale } = card;
  const { values, kind } = raw;
  const columns = values.length / raw.rows;
  if (standardization !== undefined) {
    const { mean, std } = standardization;
    const factor = kind === "pixels" ? pixelFactor(card) : 1;
    for (let at = 0; at < values.length; at++) {
      const column = at % columns;
      // A gap was let through only to be filled with the mean, which standardization makes 0.
      const value = Number.isNaN(values[at]) && isText ? (mean[column] ?? 0) : (values[at] ?? 0) * factor;
      out[at] = (value - (mean[column] ?? 0)) / (std[column] ?? 1);
    }
  } else {
    const factor = kind === "pixels" ? pixelFactor(card) : isText ? scale : 1;
    // As the trainer's gather does: the factor is rounded to the net's dtype first, then each product.
    const rounded = out instanceof Float32Array ? Math.fround(factor) : factor;
    for (let at = 0; at < values.length; at++) out[at] = (values[at] ?? 0) * rounded;
  }
  requireFinite(raw, out, columns);
}

/** Refuses "mean" where no mean is known. @throws UsageError */
export function requireMeans({ standardization }: ModelCard, missing: "refuse" | "mean" | undefined): void {
  if (missing !== "mean" || standardization !== undefined) return;
  throw new UsageError("missing mean: this model keeps no means. Fill the values in, or leave the rows out.");
}

/** What a byte is multiplied by to be what the model's numbers were. */
function pixelFactor({ scale, standardization, imageShape }: ModelCard): number {
  if (scale !== 1) return scale;
  if (imageShape === undefined) return 1;
  // Light from 0 to 1 never has a mean above 1; bytes of any visible pictures do, in some pixel.
  const areBytes = standardization?.mean.some((mean) => mean > 1) ?? false;
  return areBytes ? 1 : 1 / 255;
}

function requireFinite({ file, values }: RawRows, out: ArrayLike<number>, columns: number): void {
  for (let at = 0; at < out.length; at++) {
    if (Number.isFinite(out[at])) continue;
    throw new DataError({
      file,
      row: Math.floor(at / columns),
      column: at % columns,
      expected: "a finite number, in the model's float type",
      found: String(values[at]),
      cure: "Correct the value, or leave the row out.",
    });
  }
}
