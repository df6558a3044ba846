// The part of a rank that is not the first: it trains with the others, and writes and says nothing.
import type { TrainingData } from "../data/dataset.ts";
import type { TrainingOptions } from "../options.ts";
import { fromFirstRank } from "../parallel/ranks/bcast-value.ts";
import type { Ranks } from "../parallel/ranks/ranks.ts";
import { planTraining } from "../training-plan.ts";
import type { CliIo } from "./io.ts";
import type { TrainRequest } from "./train-flags.ts";

/** Waits until the first rank has its folder, and trains when there is something left to train. */
export async function trainBeside(
  { settings, options }: TrainRequest,
  data: TrainingData,
  { io, signal, ranks }: { readonly io: CliIo; readonly signal: AbortSignal; readonly ranks: Ranks },
): Promise<void> {
  const train = await io.loadTrain();
  if (!settings.save) {
    await train(data, options, { signal, ranks });
    return;
  }
  // As the first rank's run has it in its configuration.
  const backend = planTraining(data, options).backend as TrainingOptions["backend"];
  if (!fromFirstRank(ranks.world, false)) return;
  // The first rank's states are everybody's; that there is somebody who saves decides which epochs are judged.
  await train(data, { ...options, backend }, { signal, ranks, save: () => {} });
}
