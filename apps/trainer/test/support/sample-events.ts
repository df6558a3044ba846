// A run as its events tell it, for tests of what is shown; the numbers are invented.
import type {
  EpochEvent,
  ProgressEvent,
  RestartEvent,
  StartEvent,
  TrainEvent,
  TrainResult,
} from "../../src/events.ts";

export const start: StartEvent = {
  type: "start",
  workers: 2,
  epochs: 17,
  stepsPerEpoch: 600,
  rows: 60_000,
  testRows: 10_000,
  batchSize: 100,
  parameters: 39_760,
  layers: [784, 50, 10],
  backend: "wasm",
  seed: 0,
  dtype: "float32",
  density: 0.19,
  sparse: true,
};

export const progress: ProgressEvent = {
  type: "progress",
  epoch: 3,
  epochs: 17,
  step: 42,
  stepsPerEpoch: 600,
  loss: 0.12345,
  samplesPerSecond: 123_456.7,
  secondsLeft: 72,
};

export const epoch: EpochEvent = {
  type: "epoch",
  epoch: 3,
  epochs: 17,
  loss: 0.1,
  samplesPerSecond: 98_765,
  seconds: 0.6,
  record: {
    epoch: 3,
    loss: 0.1,
    learningRate: 0.1,
    judgedBy: "test",
    judgedLoss: 0.11,
    judgedAccuracy: 0.9612,
  },
};

export const restart: RestartEvent = {
  type: "restart",
  epoch: 3,
  count: 1,
  maxRestarts: 3,
  reason: "worker 1 failed: Error: gone",
};

export const result: TrainResult = {
  trainAccuracy: 0.98765,
  testAccuracy: 0.9704,
  trainLoss: 0.0498,
  testLoss: 0.0977,
  confusion: [
    [3, 1],
    [0, 6],
  ],
  loss: 0.0512,
  seconds: 72,
  samplesPerSecond: 14_166.6,
  sha256: "ab".repeat(32),
  backend: "wasm",
  workers: 2,
  density: 0.19,
  sparse: true,
  seed: 0,
  epochs: 17,
  steps: 10_200,
};

export const run: readonly TrainEvent[] = [start, progress, epoch, { type: "done", result }];
