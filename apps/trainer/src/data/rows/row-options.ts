// How rows for a model are read.

/** Every one may be left out; undefined counts as left out. */
export interface RowOptions {
  /** CSV: the column of the classes, by name or by number from 0; −1 is the last. Default: as in training. */
  readonly label?: string | number | undefined;
  /** CSV: whether the first line names the columns. Default: it does when none of its fields is a number. */
  readonly header?: boolean | undefined;
  /** CSV: "mean" fills a missing value with its column's mean in training. Default "refuse". */
  readonly missing?: "refuse" | "mean" | undefined;
  /** .npy and IDX, one file: the path of the file with its labels. */
  readonly labels?: string | undefined;
  /** PNG and PGM: the images are dark on light; make them light on dark, as MNIST is. Default false. */
  readonly invert?: boolean | undefined;
}
