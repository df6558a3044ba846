// scikit-learn on the rows that the program trains on: which Python has it, and what it reaches.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TrainingData } from "../../src/data/dataset.ts";
import { npzBytes } from "../../src/data/npy/write-npz.ts";

const SCRIPT = fileURLToPath(new URL("mlp-classifier.py", import.meta.url));

export interface Plan {
  readonly hidden: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

/** Accuracies on the test rows, one for each of the seeds from 0; `file` is where Python gets the rows from. */
export async function sklearnAccuracies(
  python: string,
  { train, test }: TrainingData,
  plan: Plan,
  seeds: number,
  file: string,
): Promise<readonly number[]> {
  const arrays = [
    ["x_train", { shape: [train.rows, train.columns], data: train.images }],
    ["y_train", { shape: [train.rows], data: train.labels }],
    ["x_test", { shape: [test.rows, test.columns], data: test.images }],
    ["y_test", { shape: [test.rows], data: test.labels }],
  ] as const;
  writeFileSync(file, npzBytes(arrays));
  const { hidden, epochs, batchSize, learningRate } = plan;
  const args = [SCRIPT, file, ...[hidden, epochs, batchSize, learningRate, seeds].map(String)];
  return JSON.parse((await promisify(execFile)(python, args)).stdout);
}
