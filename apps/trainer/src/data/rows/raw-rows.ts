// Rows as a file has them, before a model's preparation.
import type { Dataset } from "../dataset.ts";

export interface RawRows {
  /** Row-major, N × the model's inputs. */
  readonly values: Dataset["images"];
  /** What the values are: numbers as the model knew them, or the light of pixels from 0 to 255. */
  readonly kind: "numbers" | "pixels";
  readonly rows: number;
  /** For messages, and in front of a row's number. */
  readonly file: string;
  /** A file of one picture is one row: it needs no number. */
  readonly single: boolean;
  /** Class numbers. */
  readonly labels?: Int32Array<ArrayBuffer>;
}
