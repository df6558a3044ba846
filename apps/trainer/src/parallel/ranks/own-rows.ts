// Which rows of the data this rank reads, and what all ranks together know of them.
import type { World } from "@gradloom/collective";
import { runFingerprint } from "../../config/shard-fingerprint.ts";
import type { TrainingData } from "../../data/dataset.ts";
import type { RowRange } from "../../data/held-rows.ts";
import type { OwnRows } from "../../data/part/load-part.ts";
import type { TrainingOptions } from "../../options.ts";
import { rowsOf } from "../shards.ts";
import { gatherTexts } from "./compare.ts";
import { judgedRows, type RankPlace, shareOf } from "./share.ts";

/**
 * The rows of this rank's shards, and its even part of those that judge the net. Shards lie side by side, so which rows they
 * are does not depend on how many of them there are.
 * @param limit training rows of the run, if not all
 * @param reports whether this rank shows every test row in a report: then it reads them all
 */
export function ownRowsOf(limit: number | undefined, { rank, size }: RankPlace, reports: boolean): OwnRows {
  const shareFor = (rows: number): ReturnType<typeof shareOf> =>
    shareOf(rows, { shards: size, batchSize: 1 }, { rank, size });
  const all = (rows: number): RowRange => ({ from: 0, to: rows });
  const judged = (rows: number): RowRange => judgedRows(shareFor(rows), rows, false);
  return {
    limit,
    train: (rows) => shareFor(rows)?.rows ?? all(rows),
    validation: judged,
    test: reports ? all : judged,
  };
}

/** `runFingerprint` of data that the ranks have among them: every rank calls it, and all get the same. */
export async function sharedFingerprint(
  world: World,
  data: TrainingData,
  options: Pick<TrainingOptions, "shards" | "limit">,
): Promise<string> {
  const own = rowsOf(options.shards ?? 1, world.size, world.rank);
  return await runFingerprint(data, options, own, (hashes) =>
    gatherTexts(world, JSON.stringify(hashes)).flatMap((text) => JSON.parse(text) as string[]),
  );
}
