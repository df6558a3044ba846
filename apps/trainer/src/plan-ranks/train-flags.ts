// What a plan says to the run that follows it: flags, so that the run does what was modelled on a network of its own.
import type { OverlapChoice } from "../training-options.ts";
import type { StepOnRanks, Work } from "./step-model.ts";

/** What `--overlap` has to say for the run to have the parts of a line of the plan. */
export function overlapFlag({ buckets }: Pick<StepOnRanks, "buckets">): OverlapChoice {
  return buckets === 2 || buckets === 4 || buckets === 8 ? buckets : "off";
}

/** Everything that the plan knows of the run, as flags of `gradloom train`, whose own data are MNIST. */
export function trainFlags({ layers, batchSize }: Work, line: StepOnRanks): string {
  const hidden = layers.slice(1, -1).join(",");
  const data = layers[0] === 784 && layers.at(-1) === 10 ? "" : "--data <path> ";
  return `${data}--hidden ${hidden} --batch-size ${batchSize} --overlap ${overlapFlag(line)}`;
}
