// Reads IDX bytes, plain or packed by gzip; packed ones only as far as their own header promises.
import { promisify } from "node:util";
import { constants, gunzip } from "node:zlib";
import { DataError } from "../errors.ts";
import { type Idx, parseIdx, readIdxHeader } from "./idx.ts";

const unpack = promisify(gunzip);
/** More than gzip's own header with a long file name, and 4 + 4·255 bytes of an IDX header, need. */
const HEAD_BYTES = 4096;
/** DEFLATE cannot make more than 1032 bytes of one. */
const MOST_EXPANSION = 1032;

/** Whether the bytes start as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * `parseIdx`, of a .gz too.
 *
 * @throws DataError naming the file and the byte; for a packed file the byte after unpacking.
 */
export async function readIdx(bytes: Uint8Array, file: string): Promise<Idx> {
  if (!isGzip(bytes)) return parseIdx(bytes, file);
  // The beginning is enough for the header, and the header says how long the rest may become.
  const head = await gunzipped(bytes.subarray(0, HEAD_BYTES), file, MOST_EXPANSION * HEAD_BYTES, "beginning");
  const { length } = readIdxHeader(head, file);
  if (length > MOST_EXPANSION * bytes.length) {
    throw new DataError({
      file,
      expected: `${length} bytes once unpacked, as its header says`,
      found: `${bytes.length} packed bytes, too few for that`,
      cure: "The file is damaged or cut short: fetch it again.",
    });
  }
  return parseIdx(await gunzipped(bytes, file, length, "whole"), file);
}

async function gunzipped(
  bytes: Uint8Array,
  file: string,
  most: number,
  part: "beginning" | "whole",
): Promise<Uint8Array> {
  // A beginning ends in the middle of the packed data, which is an error only for the whole.
  const finishFlush = part === "beginning" ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
  try {
    return await unpack(bytes, { finishFlush, maxOutputLength: most });
  } catch (cause) {
    const tooLong = cause instanceof Error && "code" in cause && cause.code === "ERR_BUFFER_TOO_LARGE";
    throw new DataError(
      {
        file,
        expected: tooLong ? `at most ${most} bytes once unpacked, as its header says` : "a whole gzip file",
        found: tooLong ? "more" : cause instanceof Error ? cause.message : String(cause),
        cure: "The file is damaged or cut short: fetch it again.",
      },
      { cause },
    );
  }
}
