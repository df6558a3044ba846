// Whether the rows of a data set are pictures, and of what size.
import type { DataDescription, Dataset } from "../../../data/dataset.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Undefined for rows that are no pictures, or not of the size that is said. */
export function imageSize(set: Pick<Dataset, "columns">, { imageShape }: DataDescription): Size | undefined {
  if (imageShape === undefined) return undefined;
  const [height, width] = imageShape;
  return height * width === set.columns ? { width, height } : undefined;
}
