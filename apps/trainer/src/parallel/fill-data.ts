// The data on their way into a run's memory: copied, or moved where they are the run's own.
import type { Dataset, TrainingData } from "../data/dataset.ts";
import { heldRows } from "../data/held-rows.ts";
import { DataError, UsageError } from "../errors.ts";
import type { Split } from "./memory-layout.ts";
import { viewOf } from "./place.ts";
import { inputOf, type RunPlan } from "./run-plan.ts";

/** Smaller buffers are not worth it, and may be a part of one that Node shares out to everybody. */
const LEAST_RELEASED = 2 ** 20;

/** Newer engines can let a buffer go at once; in others it goes when nobody holds it any more. */
interface Releasable {
  readonly transfer?: (byteLength: number) => ArrayBuffer;
}

/**
 * Copies the data to their places. Workers may be starting meanwhile, but must not work yet.
 * @param own where the data come from, if they are the run's own: each set that the run has as a whole and in its own
 *   type lies in the run's memory afterwards, and the buffer that it lay in is given up
 * @throws DataError for a number that the run's dtype cannot hold.
 * @throws UsageError for data that lack rows which this process needs.
 */
export function fillData(plan: RunPlan, data: TrainingData, own?: TrainingData): void {
  for (const split of ["train", "validation", "test"] as const) {
    const set = data[split];
    if (set === undefined) continue;
    const what = split === "train" ? "training" : split;
    const copy = copySamples(plan, split, set, `${data.name}, ${what} images`);
    if (own !== undefined && own[split] === set) moveTo(copy, set, own);
  }
}

/** Lets the set lie in `copy`, if that is the same, and its buffer go, if no other part of the data lies in it. */
function moveTo(
  copy: Dataset["images"],
  set: { images: Dataset["images"] },
  { train, validation, test }: TrainingData,
): void {
  if (copy.length !== set.images.length || !isSameType(copy, set.images)) return;
  const { buffer } = set.images;
  set.images = copy;
  const isElsewhere = (other: Dataset | undefined): boolean =>
    other?.images.buffer !== buffer && other?.labels.buffer !== buffer;
  if ([train, validation, test].every(isElsewhere)) release(buffer);
}

function isSameType(a: Dataset["images"], b: Dataset["images"]): boolean {
  return a.BYTES_PER_ELEMENT === b.BYTES_PER_ELEMENT;
}

function release(buffer: ArrayBufferLike & Releasable): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LEAST_RELEASED) buffer.transfer?.(0);
}

/** Returns the images as they lie in the run's memory. */
function copySamples(plan: RunPlan, split: Split, set: Dataset, name: string): Dataset["images"] {
  const { memory, splits } = plan;
  const places = splits[split];
  if (places === undefined) throw new RangeError(`${name}: the run has no place for them`);
  const { data } = inputOf(memory, places.images);
  const first = (places.firstRow - heldRows(set).from) * set.columns;
  const part = first < 0 ? new Uint8Array() : set.images.subarray(first, first + data.length);
  if (part.length !== data.length) {
    throw new UsageError(
      `${name}: this process has not read the rows from ${places.firstRow} on that it needs. Give loadRankData the run's own ` +
        "ranks and limit, or load the data whole.",
    );
  }
  data.set(part);
  // A float64 that is too large for float32 has become Infinity.
  const at = set.images instanceof Float64Array ? data.findIndex((value) => !Number.isFinite(value)) : -1;
  if (at >= 0) {
    throw new DataError({
      file: name,
      row: places.firstRow + Math.floor(at / set.columns),
      column: at % set.columns,
      expected: "a number that float32 can hold",
      found: String(set.images[first + at]),
      cure: "Scale the values down, or train in float64 (--dtype float64).",
    });
  }
  viewOf(memory, places.labels).data.set(set.labels);
  return data;
}
