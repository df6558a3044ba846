// How far a run has come: what is left of it, and how to say so.
import type { Checkpoint } from "../checkpoint/checkpoint-bytes.ts";
import { UsageError } from "../errors.ts";
import type { TrainingState } from "../training-state.ts";

/** Epochs whose steps are all done. */
export function epochsDone({ epoch, step }: TrainingState, stepsPerEpoch: number): number {
  return step === stepsPerEpoch ? epoch : epoch - 1;
}

/** `after epoch 3`, or `in epoch 4, after step 120`. */
export function placeOf(state: TrainingState, stepsPerEpoch: number): string {
  const { epoch, step } = state;
  return epochsDone(state, stepsPerEpoch) === epoch
    ? `after epoch ${epoch}`
    : `in epoch ${epoch}, after step ${step}`;
}

/**
 * Whether a run came to its end and no more epochs are asked for than before.
 *
 * @throws UsageError for fewer epochs than are begun.
 */
export function nothingLeft(
  checkpoint: Checkpoint | undefined,
  epochs: { readonly before: number | undefined; readonly now: number },
): boolean {
  if (checkpoint === undefined) return false;
  const { state, finished } = checkpoint;
  if (epochs.now < state.epoch) {
    throw new UsageError(
      `--epochs ${epochs.now}: the run is in epoch ${state.epoch} already. Give more, or leave it out.`,
    );
  }
  return finished && (epochs.now === epochs.before || epochs.now === state.epoch);
}
