// The header of an NPY file: the text of a Python dict with three keys, read without running anything.
import { DataError } from "../../errors.ts";

export interface NpyHeader {
  /** Such as "<f4": byte order, kind, bytes an element. */
  readonly descr: string;
  /** The first axis varies fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the numbers start. */
  readonly start: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const VERSION_AT = 6;
const LENGTH_AT = 8;
/** Far above any array of numbers; NumPy's own limit. */
const LONGEST_HEADER = 10_000;
const PAIR =
  /^\s*(['"])(descr|fortran_order|shape)\1\s*:\s*('[^'\\]*'|"[^"\\]*"|True|False|\([\d,\sL]*\))\s*(,|$)/;

/** @throws DataError naming the file, the byte and what is wrong. */
export function readNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const wrong = MAGIC.findIndex((byte, i) => bytes[i] !== byte);
  if (wrong >= 0)
    throw fault(
      file,
      wrong,
      "the start of an NPY file: 93 NUMPY",
      bytes.length === 0 ? "an empty file" : "others",
    );
  const version = bytes[VERSION_AT] ?? 0;
  if (version < 1 || version > 3)
    throw fault(file, VERSION_AT, "version 1, 2 or 3 of the format", String(version));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textAt = LENGTH_AT + (version === 1 ? 2 : 4);
  if (bytes.length < textAt) throw fault(file, bytes.length, "the header's length", "the end of the file");
  const length = version === 1 ? view.getUint16(LENGTH_AT, true) : view.getUint32(LENGTH_AT, true);
  if (length > LONGEST_HEADER)
    throw fault(file, LENGTH_AT, `a header of at most ${LONGEST_HEADER} bytes`, `${length} bytes`);
  const start = textAt + length;
  if (bytes.length < start)
    throw fault(file, bytes.length, `a header up to byte ${start}`, "the end of the file");
  const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(bytes.subarray(textAt, start));
  return { ...parseDict(text, file, textAt), start };
}

function parseDict(text: string, file: string, at: number): Omit<NpyHeader, "start"> {
  const trimmed = text.trim();
  const shown = JSON.stringify(trimmed.length > 120 ? `${trimmed.slice(0, 117)}…` : trimmed);
  const malformed = (): DataError =>
    fault(file, at, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } or the like", shown);
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) throw malformed();
  const found = new Map<string, string>();
  let rest = trimmed.slice(1, -1).trim();
  while (rest !== "") {
    const match = PAIR.exec(rest);
    const [whole = "", , key = "", value = ""] = match ?? [];
    if (match === null || found.has(key)) throw malformed();
    found.set(key, value);
    rest = rest.slice(whole.length).trim();
  }
  const descr = /^['"](.*)['"]$/.exec(found.get("descr") ?? "")?.[1];
  const order = found.get("fortran_order");
  const shape = shapeOf(found.get("shape") ?? "");
  if (descr === undefined || (order !== "True" && order !== "False") || shape === undefined)
    throw malformed();
  return { descr, fortranOrder: order === "True", shape };
}

/** `(2, 3)`, `(2,)` and `()`; Python 2 wrote an L behind long numbers. */
function shapeOf(tuple: string): readonly number[] | undefined {
  if (!/^\((?:\s*\d+L?\s*,)*\s*(?:\d+L?\s*)?\)$/.test(tuple) || /^\(\s*\d+L?\s*\)$/.test(tuple))
    return undefined;
  return (tuple.match(/\d+/g) ?? []).map(Number);
}

function fault(file: string, offset: number, expected: string, found: string): DataError {
  const cure = "Check that numpy.save wrote this file, and that it is whole.";
  return new DataError({ file, offset, expected, found, cure });
}
