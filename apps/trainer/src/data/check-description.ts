// Judges what a data set says of itself: as many names and statistics as there are classes and columns.
import { DataError } from "../errors.ts";
import type { DataDescription, Dataset } from "./dataset.ts";

/** @throws DataError naming the part of the description that does not fit the data. */
export function checkDescription(
  name: string,
  { classNames, columnNames, imageShape, standardization }: DataDescription,
  { columns, classes }: Pick<Dataset, "columns" | "classes">,
): void {
  const require = (fits: boolean, expected: string, found: string): void => {
    if (fits) return;
    const cure = "Let the description say what the data are, or leave this part out.";
    throw new DataError({ file: `${name}, description`, expected, found, cure });
  };
  const count = (list: readonly unknown[] | undefined, wanted: number, what: string): void =>
    require(list === undefined || list.length === wanted, `${wanted} ${what}`, String(list?.length));
  count(classNames, classes, "class names, one a class");
  count(columnNames, columns, "column names, one a column");
  count(standardization?.mean, columns, "means, one a column");
  count(standardization?.std, columns, "standard deviations, one a column");
  const { mean = [], std = [] } = standardization ?? {};
  require(mean.every(Number.isFinite) &&
    std.every(
      (x) => Number.isFinite(x) && x > 0,
    ), "finite means, and finite standard deviations above 0", "others");
  const [height = 0, width = 0] = imageShape ?? [];
  require(imageShape === undefined ||
    (height > 0 &&
      width > 0 &&
      height * width ===
        columns), `an image shape of ${columns} pixels in all, one a column`, `${height}×${width}`);
}
