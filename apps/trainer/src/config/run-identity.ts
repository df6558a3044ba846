// What makes two runs the same run: the options that decide the weights, and the data.
import { createHash } from "node:crypto";
import type { Dataset, TrainingData } from "../data/dataset.ts";
import type { TrainingOptions } from "../options.ts";

/** Options that change how a run is done and no bit of what comes out, or only where it ends. */
const FREE: readonly string[] = ["workers", "restarts", "timeLimit", "overlap", "peerTimeout"];
/** So much is hashed at a time; then others get the thread. */
const CHUNK_BYTES = 4 * 2 ** 20;

/** Whether the learning rate is the same however many epochs are to come. */
export function keepsItsSchedule(options: Partial<TrainingOptions>): boolean {
  return options.schedule !== "cosine";
}

/** Whether skipping zeros changes bits: a native BLAS adds in an order of its own, our own kernels in one either way. */
export function sparseDecides({ backend }: Partial<TrainingOptions>): boolean {
  return backend === "blas";
}

/** The options that a run must keep when it goes on, as plain values by name, in the order of the names. */
export function decidingOptions(options: TrainingOptions): Readonly<Record<string, unknown>> {
  const { hidden, ...rest } = options;
  // A number stands for a list of one.
  const all = Object.entries({ ...rest, hidden: [hidden].flat() });
  const free = [
    ...FREE,
    ...(keepsItsSchedule(options) ? ["epochs"] : []),
    ...(sparseDecides(options) ? [] : ["sparse"]),
  ];
  const kept = all.filter(
    ([name, value]) => value !== undefined && !free.includes(name) && !isPlain(name, value),
  );
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One shard is none, and zeros that are multiplied are numbers like others. */
function isPlain(name: string, value: unknown): boolean {
  return (name === "shards" && value === 1) || (name === "sparse" && value === "off");
}

/** SHA-256 of those options, in hexadecimal. */
export function configHash(options: TrainingOptions): string {
  return createHash("sha256")
    .update(JSON.stringify(decidingOptions(options)))
    .digest("hex");
}

/**
 * SHA-256 of everything that training reads of the data: values, labels, sizes and scale of every set. Takes about a
 * millisecond a megabyte, and lets other work through in between.
 */
export async function dataFingerprint({ train, validation, test }: TrainingData): Promise<string> {
  const hash = createHash("sha256");
  for (const [name, set] of Object.entries({ train, validation, test })) {
    if (set !== undefined) await updateWith(hash, name, set);
  }
  return hash.digest("hex");
}

async function updateWith(hash: Hash, name: string, set: Dataset): Promise<void> {
  const { images, labels, rows, columns, classes, scale } = set;
  hash.update(JSON.stringify([name, rows, columns, classes, scale, images.constructor.name]));
  await updateInChunks(hash, images);
  await updateInChunks(hash, Int32Array.from(labels));
}

/** What of a hash is needed here: its own type would make the public types need Node's. */
interface Hash {
  update(bytes: Uint8Array | string): unknown;
}

/** Hashes the bytes of an array, and lets other work through in between. */
export async function updateInChunks(
  hash: Hash,
  { buffer, byteOffset, byteLength }: ArrayBufferView,
): Promise<void> {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    hash.update(bytes.subarray(at, at + CHUNK_BYTES));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
