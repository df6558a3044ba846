// From the first step of a session to its result: trains, takes the best weights, and judges them.
import ndarray from "ndarray";
import { DIVERGED_CURE, DivergedError } from "./errors.ts";
import { type Conducted, runEpochs } from "./parallel/conductor.ts";
import { evaluate } from "./parallel/evaluation.ts";
import { netLayout } from "./parallel/memory-layout.ts";
import { netOver } from "./parallel/net.ts";
import { stepProfile } from "./parallel/step-profile.ts";
import type { Trained } from "./train.ts";
import type { TrainingPlan } from "./training-plan.ts";
import { weightsSha256 } from "./weights-sha256.ts";

/** Trains to the end, takes the best weights, and judges them on every set of rows. */
export async function finishRun(
  run: Conducted & Pick<TrainingPlan, "density">,
  throwIfStopped: () => void,
): Promise<Trained> {
  const { plan, pool, options, standing } = run;
  const { loss, seconds, steps, samplesPerSecond, endedEarly } = await runEpochs(run);
  throwIfStopped();
  standing.returnToBest();
  const onTrain = await evaluate(plan, pool, "train");
  throwIfStopped();
  const onTest = await evaluate(plan, pool, "test");
  throwIfStopped();
  const onValidation = plan.splits.validation && (await evaluate(plan, pool, "validation"));
  throwIfStopped();
  throwIfNotFinite(onTrain.loss);
  const parameters = ndarray(standing.parameters());
  const { workers, seed } = options;
  return {
    trainAccuracy: onTrain.accuracy,
    testAccuracy: onTest.accuracy,
    trainLoss: onTrain.loss,
    testLoss: onTest.loss,
    ...(onValidation && { validationAccuracy: onValidation.accuracy, validationLoss: onValidation.loss }),
    ...(standing.best && { bestEpoch: standing.best.epoch }),
    confusion: onTest.confusion,
    loss,
    seconds,
    samplesPerSecond,
    sha256: weightsSha256(netLayout(plan.net.sizes), parameters),
    backend: plan.backend,
    workers,
    density: run.density,
    sparse: plan.sparseInput,
    seed,
    epochs: standing.epoch,
    ...(endedEarly && { endedEarly }),
    steps: (standing.epoch - 1) * plan.stepsPerEpoch + standing.step,
    ...(plan.profile ? { profile: stepProfile(plan, steps) } : {}),
    net: netOver(parameters, plan.net),
    history: standing.history,
  };
}

/** The last update of a run has no step after it that would see what it did. */
function throwIfNotFinite(loss: number): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(`the loss of the trained net is ${loss}. ${DIVERGED_CURE}`);
}
