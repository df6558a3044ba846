// What the ranks of a launch are to do: in shards, and a run that goes on as the first rank finds it on its disk.
import type { Ranks } from "../parallel/ranks/ranks.ts";
import type { TrainRequest } from "./train-flags.ts";

/**
 * @param resolve reads flags and files; only the first rank reads a run's folder, which others may not see.
 * @throws UsageError when the shards cannot be shared among the ranks.
 */
export async function launchedRequest(
  { world }: Ranks,
  resumes: boolean,
  resolve: () => Promise<TrainRequest>,
): Promise<TrainRequest> {
  const { fromFirstRank } = await import("../parallel/ranks/bcast-value.ts");
  const { withShards } = await import("../parallel/ranks/check-shards.ts");
  const { checkCombinations } = await import("../option-combinations.ts");
  const own = resumes && world.rank > 0 ? undefined : await resolve();
  const found = resumes ? fromFirstRank(world, own) : own;
  if (found === undefined) throw new Error("the first rank has no request");
  // A run that goes on keeps its number of shards.
  const { shards } = withShards(resumes ? { shards: found.options.shards ?? 1 } : found.options, world);
  const options = { ...found.options, shards };
  checkCombinations(options, "flag");
  return { ...found, options, settings: { ...found.settings, shards } };
}
