// A data set's numbers as a net takes them.
import type { Dtype, Tensor } from "@gradloom/core";
import ndarray from "ndarray";
import type { Dataset } from "../data/dataset.ts";
import { readyValues } from "../data/rows/ready-values.ts";
import type { ModelCard } from "../model/model-card.ts";

/**
 * (N, D) in `dtype`, standardized or scaled as the card says, with the bits that training computes with.
 *
 * @throws DataError for a value that is not finite then; it names `file` and the place.
 */
export function readyTensor(
  { images, rows, columns }: Pick<Dataset, "images" | "rows" | "columns">,
  card: ModelCard,
  dtype: Dtype,
  file: string,
): Tensor {
  const out = dtype === "float64" ? new Float64Array(rows * columns) : new Float32Array(rows * columns);
  const kind = images instanceof Uint8Array ? "pixels" : "numbers";
  readyValues({ values: images, kind, rows, file, single: false }, card, out, false);
  return ndarray(out, [rows, columns]);
}
