// Reads some rows of a file and no byte of the others, in few calls where they lie side by side.
import { closeSync, openSync, readSync } from "node:fs";
import { DataError } from "../../errors.ts";
import type { SourceArray } from "../dataset.ts";
import { fileFault } from "../file-fault.ts";
import type { RowFile } from "./row-file.ts";

/** So much is read at a time; then others get the thread. */
const CHUNK_BYTES = 4 * 2 ** 20;

/**
 * The values of the rows in the given order, one after the other.
 * @throws DataError when the file cannot be read, or has become shorter.
 */
export async function readPart(from: RowFile, rows: Int32Array): Promise<SourceArray["data"]> {
  const { file, start, rowBytes } = from;
  const bytes = new Uint8Array(rows.length * rowBytes);
  const handle = opened(file);
  try {
    let pause = CHUNK_BYTES;
    for (const { row, place, count } of runsOf(rows, Math.max(1, Math.floor(CHUNK_BYTES / rowBytes)))) {
      const target = bytes.subarray(place * rowBytes, (place + count) * rowBytes);
      readAll(handle, target, start + row * rowBytes, file);
      pause -= target.length;
      if (pause > 0) continue;
      pause = CHUNK_BYTES;
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    closeSync(handle);
  }
  return from.valuesOf(bytes);
}

interface Run {
  /** Of the file. */
  readonly row: number;
  /** Among the rows that are wanted. */
  readonly place: number;
  readonly count: number;
}

/** Rows that follow each other in the file and in the result, from the file's beginning to its end. */
function runsOf(rows: Int32Array, most: number): readonly Run[] {
  const rowAt = (place: number): number => rows[place] ?? 0;
  const places = Int32Array.from(rows, (_, place) => place).sort((a, b) => rowAt(a) - rowAt(b));
  const runs: { row: number; place: number; count: number }[] = [];
  for (const place of places) {
    const row = rowAt(place);
    const last = runs.at(-1);
    if (
      last !== undefined &&
      last.count < most &&
      row === last.row + last.count &&
      place === last.place + last.count
    )
      last.count += 1;
    else runs.push({ row, place, count: 1 });
  }
  return runs;
}

function opened(file: string): number {
  try {
    return openSync(file, "r");
  } catch (cause) {
    throw fileFault(file, "a readable file", "Check that it is a file that this user may read.", cause);
  }
}

function readAll(handle: number, target: Uint8Array, position: number, file: string): void {
  for (let done = 0; done < target.length; ) {
    const read = readSync(handle, target, done, target.length - done, position + done);
    if (read === 0) {
      throw new DataError({
        file,
        offset: position + done,
        expected: `${target.length - done} bytes more`,
        found: "the end of the file",
        cure: "Leave the data alone while they are read.",
      });
    }
    done += read;
  }
}
