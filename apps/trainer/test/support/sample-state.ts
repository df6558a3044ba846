// A run's state for tests, with every kind of number that a file could lose.
import type { Checkpoint } from "../../src/checkpoint/checkpoint-bytes.ts";
import type { EpochRecord, TrainingState } from "../../src/training-state.ts";

export function epochRecord(epoch: number): EpochRecord {
  return {
    epoch,
    loss: 0.1 + 0.2 / epoch,
    learningRate: 0.1,
    judgedBy: "validation",
    judgedLoss: 1 / 3 / epoch,
    judgedAccuracy: 0.9704,
  };
}

/** In the middle of epoch 3, with momentum and a best epoch. */
export function sampleState(changes: Partial<TrainingState> = {}): TrainingState {
  return {
    epoch: 3,
    step: 41,
    lossSum: 0.1 + 0.2,
    parameters: Float32Array.of(1.5, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45),
    optimizer: { m: Float32Array.of(1, 2, 3, 4, 5), v: Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5) },
    plateau: { learningRate: 0.1, best: Number.POSITIVE_INFINITY, waited: 2 },
    best: { epoch: 2, loss: 1 / 3, parameters: Float32Array.of(9, 8, 7, 6, 5) },
    history: [epochRecord(1), epochRecord(2)],
    ...changes,
  };
}

export function sampleCheckpoint(changes: Partial<TrainingState> = {}): Checkpoint {
  return {
    state: sampleState(changes),
    run: { config: "c".repeat(64), data: "d".repeat(64), seed: 7 },
    finished: false,
  };
}
