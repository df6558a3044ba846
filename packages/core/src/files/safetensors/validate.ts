// The rules on sizes and places: each tensor as long as its shape says, one after another, none past the end.
import { type SafetensorsDtype, storageOf } from "./dtypes.ts";
import type { Entry } from "./entries.ts";
import { quoted, SafetensorsError } from "./error.ts";

/** The largest length of an axis and the largest offset that the format's schema allows: 2⁴⁸ − 1. */
const MAX_SIZE = 2 ** 48 - 1;

/**
 * Bytes that a shape of a dtype takes.
 * @throws SafetensorsError ValidationOverflow, or MisalignedSlice for a part of a byte.
 */
export function byteLengthOf(dtype: SafetensorsDtype, shape: readonly number[], where: string): number {
  const { bits = 0 } = storageOf(dtype) ?? {};
  let total = bits;
  for (const axis of shape) {
    total *= axis;
    if (axis <= MAX_SIZE && Number.isSafeInteger(total)) continue;
    throw new SafetensorsError({
      rule: "ValidationOverflow",
      where,
      found: `shape ${quoted(shape)}`,
      expected: `axes of at most ${MAX_SIZE} and a size that can be counted`,
    });
  }
  if (total % 8 === 0) return total / 8;
  throw new SafetensorsError({
    rule: "MisalignedSlice",
    where,
    found: `${total} bits for shape ${quoted(shape)} of ${dtype}`,
    expected: "whole bytes",
  });
}

/** @throws SafetensorsError unless the tensors fill the data from its first byte to its last, without gap or overlap. */
export function validate(entries: readonly Entry[], dataLength: number): void {
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    const where = `tensor ${quoted(entry.name)}`;
    if (entry.begin !== end || entry.end < entry.begin || entry.end > MAX_SIZE) {
      throw new SafetensorsError({
        rule: "InvalidOffset",
        where,
        found: `data_offsets [${entry.begin}, ${entry.end}]`,
        expected: `a begin of ${end}, where the tensor before it ends, and an end not before the begin`,
      });
    }
    const length = byteLengthOf(entry.dtype, entry.shape, where);
    if (length !== entry.end - entry.begin) {
      throw new SafetensorsError({
        rule: "TensorInvalidInfo",
        where,
        found: `${entry.end - entry.begin} bytes`,
        expected: `${length} for shape ${quoted(entry.shape)} of ${entry.dtype}`,
      });
    }
    end = entry.end;
  }
  if (end !== dataLength) {
    throw new SafetensorsError({
      rule: "MetadataIncompleteBuffer",
      where: "the data",
      found: `${dataLength} bytes after the header`,
      expected: `${end}, where the last tensor ends`,
    });
  }
}
