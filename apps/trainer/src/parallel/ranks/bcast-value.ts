// Gives every rank a value that one of them has: anything that can be cloned, typed arrays and undefined too.
import { deserialize, serialize } from "node:v8";
import type { World } from "@gradloom/collective";

/** More than this would not fit into one call's count. */
const MOST_BYTES = 2 ** 31 - 1;

/** Rank 0's `value`, on every rank. The ranks trust each other: what arrives is not judged. */
export function fromFirstRank<T>(world: World, value: T): T {
  if (world.size === 1) return value;
  const mine = world.rank === 0 ? new Uint8Array(serialize(value)) : new Uint8Array();
  if (mine.length > MOST_BYTES) throw new RangeError(`${mine.length} bytes are too many for one broadcast`);
  const length = Int32Array.of(mine.length);
  world.bcast(new Uint8Array(length.buffer), 0);
  const shared = world.rank === 0 ? mine : new Uint8Array(length[0] ?? 0);
  world.bcast(shared, 0);
  return world.rank === 0 ? value : (deserialize(shared) as T);
}
