// What comes of an epoch that is over: how the net does now, and whether it does better than ever.
import type { EpochRecord } from "../training-state.ts";
import type { Conducted } from "./conductor.ts";
import { evaluate } from "./evaluation.ts";
import { nextPlateau, plateauRate, scheduleOf } from "./learning-rate.ts";

/**
 * Judges the net on the validation rows, or on the test rows where there are none, and adds a record to the history.
 * Only validation rows ever choose the best epoch. Nothing happens when the epoch need not be judged, or has been, or when
 * the run is asked to stop at once meanwhile.
 */
export async function judgeEpoch({
  plan,
  pool,
  options,
  standing,
  stop,
  judgeEvery,
}: Conducted): Promise<void> {
  const { epoch, lossSum, history } = standing;
  const isDue = judgeEvery !== undefined && (epoch % judgeEvery === 0 || epoch === options.epochs);
  if (!isDue || history.at(-1)?.epoch === epoch) return;
  const judgedBy = plan.splits.validation === undefined ? "test" : "validation";
  const { loss, accuracy } = await evaluate(plan, pool, judgedBy);
  if (stop.atOnce) return; // not all rows were seen
  const schedule = scheduleOf(plan.rate, plateauRate(plan.rate, standing.plateau));
  const record: EpochRecord = {
    epoch,
    loss: lossSum / plan.rowsPerEpoch,
    learningRate: schedule(epoch * plan.stepsPerEpoch),
    judgedBy,
    judgedLoss: loss,
    judgedAccuracy: accuracy,
  };
  standing.history = [...history, record];
  if (judgedBy === "test") return;
  standing.plateau = nextPlateau(plan.rate, standing.plateau, loss);
  if (standing.best === undefined || loss < standing.best.loss) {
    standing.best = { epoch, loss, parameters: standing.parameters() };
  }
}
