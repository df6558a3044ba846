// The two ends of a file: 8 bytes of length, the header's text, and where the data begins.
import { decodeUtf8 } from "../utf8.ts";
import { SafetensorsError } from "./error.ts";

/** The longest header the format allows, in bytes. */
export const MAX_HEADER_SIZE = 100_000_000;
/** The header's length comes first, as a little-endian u64. */
export const LENGTH_BYTES = 8;

export interface Header {
  readonly text: string;
  /** Where the data begins, in bytes from the start of the file. */
  readonly dataStart: number;
}

/** Judges the length before it reads on, so that a false one costs neither time nor memory. */
export function readHeader(bytes: Uint8Array, limit: number): Header {
  if (bytes.length < LENGTH_BYTES) {
    throw new SafetensorsError({
      rule: "HeaderTooSmall",
      where: "the file",
      found: `${bytes.length} bytes`,
      expected: `at least ${LENGTH_BYTES} for the header's length`,
    });
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(limit)) {
    throw new SafetensorsError({
      rule: "HeaderTooLarge",
      where: "bytes 0 to 8",
      found: `a header of ${length} bytes`,
      expected: `at most ${limit}`,
    });
  }
  const dataStart = LENGTH_BYTES + Number(length);
  if (dataStart > bytes.length) {
    throw new SafetensorsError({
      rule: "InvalidHeaderLength",
      where: "bytes 0 to 8",
      found: `a header of ${length} bytes`,
      expected: `at most the ${bytes.length - LENGTH_BYTES} bytes that follow: the file may be cut short`,
    });
  }
  const header = bytes.subarray(LENGTH_BYTES, dataStart);
  if (header[0] !== 0x7b) {
    throw new SafetensorsError({
      rule: "InvalidHeaderStart",
      where: "byte 8",
      found: header[0] === undefined ? "an empty header" : `the byte 0x${header[0].toString(16)}`,
      expected: "an opening brace, 0x7b",
    });
  }
  return { text: textOf(header), dataStart };
}

function textOf(header: Uint8Array): string {
  try {
    return decodeUtf8(header);
  } catch (cause) {
    throw new SafetensorsError({
      rule: "InvalidHeader",
      where: "the header",
      found: "bytes that are not UTF-8",
      expected: "UTF-8 text",
      cause,
    });
  }
}
