// Whether all ranks are about to train the same net on the same data in the same way: asked once, before anything starts.
import type { World } from "@gradloom/collective";
import { decidingOptions, sparseDecides } from "../../config/run-identity.ts";
import { UsageError } from "../../errors.ts";
import type { TrainingOptions } from "../../options.ts";
import { asAgreed } from "./agreed.ts";

/** What must not differ from rank to rank. */
export interface Intention {
  /** With the backend that computes: "auto" may mean another one on another machine. */
  readonly options: TrainingOptions;
  /** SHA-256 of what every rank knows of the data. */
  readonly data: string;
  /** After how many epochs the net is judged. */
  readonly judgeEvery: number | undefined;
}

/** @throws UsageError, on every rank the same, that names the first rank and the first thing that differ. */
export function requireSame(world: World, { options, ...rest }: Intention): void {
  const { epochs, sparse } = options;
  const told = sparseDecides(options) ? { epochs, sparse } : { epochs };
  const mine = flat({ ...decidingOptions(options), ...told, ...rest });
  const all = gatherTexts(world, JSON.stringify(mine)).map((text) => JSON.parse(text) as Flat);
  const [first = {}] = all;
  for (const [rank, theirs] of all.entries()) {
    const names = [...new Set([...Object.keys(first), ...Object.keys(theirs)])].sort();
    const name = names.find((candidate) => first[candidate] !== theirs[candidate]);
    if (name === undefined) continue;
    throw asAgreed(
      new UsageError(
        `the ranks differ: rank 0 has ${name} ${first[name] ?? "none"}, and rank ${rank} has ${theirs[name] ?? "none"}. ` +
          "Give every rank the same options, the same data and the same version of gradloom.",
      ),
    );
  }
}

/** Every rank's text, in the order of the ranks. */
export function gatherTexts(world: World, text: string): string[] {
  const mine = new TextEncoder().encode(text);
  const lengths = new Int32Array(world.size);
  world.allgather(bytesOf(Int32Array.of(mine.length)), bytesOf(lengths));
  const counts = [...lengths];
  const starts = counts.map((_, rank) => counts.slice(0, rank).reduce((sum, count) => sum + count, 0));
  const all = new Uint8Array(counts.reduce((sum, count) => sum + count, 0));
  all.set(mine, starts[world.rank]);
  world.allgatherParts(all, counts, starts);
  return counts.map((count, rank) => {
    const start = starts[rank] ?? 0;
    return new TextDecoder().decode(all.subarray(start, start + count));
  });
}

type Flat = Readonly<Record<string, string | undefined>>;

function flat(value: Readonly<Record<string, unknown>>): Flat {
  const told = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(told.map(([name, one]) => [name, JSON.stringify(one)]));
}

function bytesOf({ buffer }: Int32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
