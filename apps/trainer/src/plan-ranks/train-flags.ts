// What a plan says to the run that follows it: its command, so that the run does what was modelled on a network of its own.
import { SHARDS_OF_RANKS } from "../parallel/ranks/check-shards.ts";
import type { OverlapChoice } from "../training-options.ts";
import type { StepOnRanks, Work } from "./step-model.ts";

/** One process a machine, tied to no core, with two connections between any two: what Open MPI needs for that over TCP. */
const LAUNCHER = "mpirun --map-by ppr:1:node --bind-to none --mca btl_tcp_links 2";

/** What `--overlap` has to say for the run to have the parts of a line of the plan. */
export function overlapFlag({ buckets }: Pick<StepOnRanks, "buckets">): OverlapChoice {
  return buckets === 2 || buckets === 4 || buckets === 8 ? buckets : "off";
}

/** The command that starts the run of a line of the plan. @param line of as many ranks as the batch has rows, or fewer */
export function trainCommand(work: Work, line: StepOnRanks): string {
  return `${LAUNCHER} -n ${line.ranks} npx gradloom train ${trainFlags(work, line)}`;
}

/** Everything that the plan knows of the run, as flags of `gradloom train`, whose own data are MNIST. */
function trainFlags({ layers, batchSize, backend }: Work, line: StepOnRanks): string {
  const hidden = layers.slice(1, -1).join(",");
  const data = layers[0] === 784 && layers.at(-1) === 10 ? "" : "--data <path> ";
  const shards = shardsOf(line.ranks, batchSize);
  const cut = shards === SHARDS_OF_RANKS ? "" : `--shards ${shards} `;
  const kernels = backend === undefined ? "" : `--backend ${backend} `;
  return `${data}--hidden ${hidden} --batch-size ${batchSize} ${kernels}${cut}--overlap ${overlapFlag(line)}`;
}

/** As many as any launched run has, where a batch has a row for each; otherwise the nearest number that all ranks can share. */
function shardsOf(ranks: number, batchSize: number): number {
  const most = 2 ** Math.floor(Math.log2(batchSize));
  return Math.max(ranks, Math.min(SHARDS_OF_RANKS, most));
}
