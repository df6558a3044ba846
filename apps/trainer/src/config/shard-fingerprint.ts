// The fingerprint of data that are cut into shards: a hash of the shards' hashes, so that nobody has to have all rows.
import { createHash } from "node:crypto";
import { type Dataset, limitRows, type TrainingData } from "../data/dataset.ts";
import { heldRows, type RowRange } from "../data/held-rows.ts";
import { probeOfSet } from "../data/part/probe.ts";
import type { TrainingOptions } from "../options.ts";
import { rowsOf } from "../parallel/shards.ts";
import { dataFingerprint, updateInChunks } from "./run-identity.ts";

/** Takes this process's hashes, one for each of its shards, and returns those of all shards in their order. */
export type GatherHashes = (own: readonly string[]) => readonly string[];

/**
 * SHA-256, in hexadecimal, of the rows that a run reads: with one shard as `dataFingerprint` has it, with several the same
 * for any number of processes that have the shards among them.
 * @param own the shards that this process has read. Default: all
 */
export async function runFingerprint(
  data: TrainingData,
  { shards = 1, limit }: Pick<TrainingOptions, "shards" | "limit">,
  own: RowRange = { from: 0, to: shards },
  gather: GatherHashes = (hashes) => hashes,
): Promise<string> {
  if (shards === 1) return await dataFingerprint(data);
  const used = limit === undefined ? data : { ...data, train: limitRows(data.train, limit) };
  const hashes: string[] = [];
  for (let shard = own.from; shard < own.to; shard++) hashes.push(await shardHash(used, shards, shard));
  const hash = createHash("sha256").update(JSON.stringify(gather(hashes)));
  for (const [name, set] of setsOf(used)) updateWithOutline(hash, name, set);
  return hash.digest("hex");
}

/**
 * SHA-256 of what every process of a run knows of the data, whichever rows it has read: sizes, all labels, and the rows that
 * all have looked at.
 */
export function dataOutline(data: TrainingData): string {
  const hash = createHash("sha256");
  for (const [name, set] of setsOf(data)) {
    updateWithOutline(hash, name, set);
    hash.update(probeOfSet(set));
  }
  return hash.digest("hex");
}

/** Of every set the shard's even part, as it is judged. */
async function shardHash(data: TrainingData, shards: number, shard: number): Promise<string> {
  const hash = createHash("sha256");
  for (const [, set] of setsOf(data)) {
    const { images, rows, columns } = set;
    const { from, to } = rowsOf(rows, shards, shard);
    const first = heldRows(set).from;
    await updateInChunks(hash, images.subarray((from - first) * columns, (to - first) * columns));
  }
  return hash.digest("hex");
}

function setsOf({ train, validation, test }: TrainingData): readonly (readonly [string, Dataset])[] {
  return Object.entries({ train, validation, test }).flatMap(([name, set]) =>
    set === undefined ? [] : [[name, set] as const],
  );
}

function updateWithOutline(hash: ReturnType<typeof createHash>, name: string, set: Dataset): void {
  const { images, labels, rows, columns, classes, scale } = set;
  hash.update(JSON.stringify([name, rows, columns, classes, scale, images.constructor.name]));
  hash.update(new Uint8Array(Int32Array.from(labels).buffer));
}
