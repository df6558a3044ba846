// Tells by its first bytes what a file of rows is; CSV, which has none of its own, by its name.
import { extname } from "node:path";
import { DataError } from "../../errors.ts";
import { isGzip } from "../read-idx.ts";
import { isPng } from "./images/png-chunks.ts";
import { isPgm } from "./images/read-pgm.ts";

export type RowFileKind = "csv" | "npy" | "npz" | "idx" | "png" | "pgm";

/** @throws DataError for a file that is none of these. */
export function kindOf(bytes: Uint8Array, file: string): RowFileKind {
  const starts = (...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte);
  if (starts(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)) return "npy";
  if (starts(0x50, 0x4b)) return "npz";
  if (starts(0, 0) || isGzip(bytes)) return "idx";
  if (isPng(bytes)) return "png";
  if (isPgm(bytes)) return "pgm";
  const extension = extname(file).toLowerCase();
  if (extension === ".csv") return "csv";
  throw new DataError({
    file,
    expected: "rows in a .csv, .npy, .npz, IDX, .png or .pgm file",
    found:
      bytes.length === 0
        ? "an empty file"
        : `something else${extension === "" ? "" : `, called ${extension}`}`,
    cure: "Give a file of one of these kinds; save other pictures as PNG.",
  });
}
