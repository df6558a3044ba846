// Files whose rows lie one after the other in so many bytes each, so that any of them can be read alone: IDX and NPY as
// they are. What is packed (.gz, .npz), column-major or text (CSV) has to be read from its beginning.
import { type FileHandle, open } from "node:fs/promises";
import { extname } from "node:path";
import type { SourceArray } from "../dataset.ts";
import { fileFault } from "../file-fault.ts";
import { idxValues, readIdxHeader } from "../idx.ts";
import { decodeElements, npyDtype } from "../npy/elements.ts";
import { readNpyHeader } from "../npy/header.ts";
import { plain } from "../npy/load-arrays.ts";
import { isGzip } from "../read-idx.ts";

export interface RowFile {
  readonly file: string;
  /** As the header says: the number of rows, then the sizes of a row. */
  readonly shape: readonly number[];
  /** The byte where the first row begins. */
  readonly start: number;
  readonly rowBytes: number;
  /** The numbers of whole rows, of their bytes alone. */
  readonly valuesOf: (bytes: Uint8Array) => SourceArray["data"];
}

/** Longer than any header that the readers take. */
const HEAD_BYTES = 12_288;

/**
 * Reads the header alone. Undefined for a file that has to be read whole, also one whose length is not what its header
 * says: reading it whole tells what is wrong.
 * @throws DataError for a file that cannot be opened, or a header that is none.
 */
export async function openRowFile(file: string): Promise<RowFile | undefined> {
  const { head, length } = await beginningOf(file);
  if (isGzip(head)) return undefined;
  return extname(file).toLowerCase() === ".npy" ? npyRows(file, head, length) : idxRows(file, head, length);
}

function idxRows(file: string, head: Uint8Array, length: number): RowFile | undefined {
  const header = readIdxHeader(head, file);
  const { shape, start } = header;
  if (header.length !== length) return undefined;
  return rowFile({ file, shape, start, length, valuesOf: (bytes) => idxValues(bytes, header) });
}

function npyRows(file: string, head: Uint8Array, length: number): RowFile | undefined {
  const { shape, start, descr, fortranOrder } = readNpyHeader(head, file);
  const type = npyDtype(descr);
  const values = shape.reduce((all, size) => all * size, 1);
  if (type === undefined || fortranOrder || start + values * type.bytes !== length) return undefined;
  const { name: dtype } = type;
  const valuesOf = (bytes: Uint8Array): SourceArray["data"] =>
    plain({ file, shape: [], dtype, data: decodeElements(bytes, type) }).data;
  return rowFile({ file, shape, start, length, valuesOf });
}

function rowFile({
  length,
  ...rest
}: Omit<RowFile, "rowBytes"> & { readonly length: number }): RowFile | undefined {
  const [rows = 0] = rest.shape;
  return rows === 0 ? undefined : { ...rest, rowBytes: (length - rest.start) / rows };
}

async function beginningOf(file: string): Promise<{ readonly head: Uint8Array; readonly length: number }> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file);
    const { size } = await handle.stat();
    const { bytesRead, buffer } = await handle.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return { head: buffer.subarray(0, bytesRead), length: size };
  } catch (cause) {
    throw fileFault(file, "a readable file", "Check that it is a file that this user may read.", cause);
  } finally {
    await handle?.close();
  }
}
