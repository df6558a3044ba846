// How fast this machine trains a net of this size, found by training one for a moment on made-up rows.
import type { TrainingOptions } from "../options.ts";
import { train } from "../train.ts";
import { flopsOfSample } from "./step-model.ts";

/** Long enough for the engine's own warm-up not to count. */
const SECONDS = 1.5;
const MOST_STEPS = 50;

export interface Subject {
  readonly layers: readonly number[];
  readonly options: Partial<TrainingOptions> & Pick<TrainingOptions, "batchSize">;
}

/** Operations a second, over whole steps: with all that a step does beside its products. */
export async function measureFlops({ layers, options }: Subject): Promise<number> {
  const [columns = 0] = layers;
  const classes = layers.at(-1) ?? 0;
  const rows = Math.max(options.batchSize, classes);
  // No zeros: nothing is to be skipped that real data may not have.
  const images = Uint8Array.from({ length: rows * columns }, (_, i) => 1 + ((i * 2_654_435_761) % 251));
  const labels = Int32Array.from({ length: rows }, (_, row) => row % classes);
  const set = { images, labels, rows, columns, classes, scale: 1 / 255 };
  const data = { name: "made-up rows", train: set, test: set };
  const { samplesPerSecond } = await train(data, {
    ...options,
    learningRate: 1e-6,
    epochs: 1_000_000,
    limitBatches: MOST_STEPS,
    timeLimit: SECONDS,
  });
  return samplesPerSecond * flopsOfSample(layers);
}
