// Judges the number of shards: by itself, beside the other options, and against the number of ranks.
import { UsageError } from "../../errors.ts";
import { type Spelling, spelledOption } from "../../option-combinations.ts";
import type { TrainingOptions } from "../../options.ts";
import type { RankPlace } from "./share.ts";

/** Of a run that a launcher has started, when nobody says otherwise: enough for as many ranks. */
export const SHARDS_OF_RANKS = 8;

/** @throws UsageError for a number of shards that is none, or that the other options do not go with. */
export function checkShards(options: TrainingOptions, spelling: Spelling): void {
  const { shards, batchSize, overfitOneBatch } = options;
  if (shards === undefined || shards === 1) return;
  const spelled = `${spelledOption("shards", spelling)} ${shards}`;
  if (!isPowerOf2(shards)) {
    const near = 2 ** Math.round(Math.log2(shards));
    throw new UsageError(
      `${spelled}: expected a power of two, such as ${near}: gradients are summed in a tree.`,
    );
  }
  const batch = spelledOption("batchSize", spelling);
  if (batchSize < shards) {
    throw new UsageError(
      `${spelled} needs ${batch} of at least ${shards}, a row for each shard; it is ${batchSize}.`,
    );
  }
  if (overfitOneBatch === true) {
    throw new UsageError(
      `${spelledOption("overfitOneBatch", spelling)} has no meaning with ${spelled}: every shard has rows of its own. ` +
        "Leave one of them out.",
    );
  }
}

/** The options of a launched run: in shards, whatever the number of ranks. @throws UsageError where they do not fit. */
export function withShards<O extends Partial<TrainingOptions>>(options: O, { size }: RankPlace): O {
  const { shards = SHARDS_OF_RANKS } = options;
  if (!isPowerOf2(size) || size > shards) {
    const most = isPowerOf2(size) ? `--shards ${size} or more` : "1, 2, 4, 8 … of them";
    throw new UsageError(
      `${size} ranks do not share ${shards} shards evenly: expected ${most}. Another number of shards sums in another ` +
        "order, so it is a run of its own.",
    );
  }
  return { ...options, shards };
}

function isPowerOf2(value: number): boolean {
  return value >= 1 && Number.isInteger(Math.log2(value));
}
