// A PNG or PGM picture as one row for a model that learned from pictures.
import { DataError } from "../../errors.ts";
import type { ModelCard } from "../../model/model-card.ts";
import type { GrayImage } from "./images/gray-image.ts";
import { resize } from "./images/resize.ts";
import type { RawRows } from "./raw-rows.ts";

/** @throws DataError for a model that knows no pictures. */
export function imageRow(image: GrayImage, file: string, { imageShape }: ModelCard): RawRows {
  if (imageShape === undefined) {
    throw new DataError({
      file,
      expected: "rows of numbers: this model was not trained on pictures",
      found: `a picture of ${image.width}×${image.height} pixels`,
      cure: "Give a CSV, NPY or IDX file with the columns of the training data.",
    });
  }
  const { pixels } = resize(image, ...imageShape);
  return { values: pixels, kind: "pixels", rows: 1, file, single: true };
}
