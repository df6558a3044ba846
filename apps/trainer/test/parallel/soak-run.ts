// The training of the soak, alone in its process: a test runner's own memory would count too. Prints what it held.
import { parseArgs } from "node:util";
import { limitRows } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { TrainEvent } from "../../src/events.ts";
import type { TrainingOptions } from "../../src/options.ts";
import { train } from "../../src/train.ts";

/** What `--run` says, as JSON. */
export interface SoakRun {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly options: Partial<TrainingOptions> & { readonly batchSize: number };
}

/** What is printed, as JSON: one reading at the end of every epoch, garbage collected. */
export interface SoakReadings {
  readonly steps: number;
  readonly seen: readonly NodeJS.MemoryUsage[];
}

const { values } = parseArgs({ options: { run: { type: "string", default: "" } } });
const { epochs, stepsPerEpoch, options }: SoakRun = JSON.parse(values.run);
const mnist = await loadMnist();
const rows = stepsPerEpoch * options.batchSize;
const data = { ...mnist, train: limitRows(mnist.train, rows), test: limitRows(mnist.test, 100) };
const seen: NodeJS.MemoryUsage[] = [];
const onEvent = (event: TrainEvent): void => {
  if (event.type !== "epoch") return;
  globalThis.gc?.();
  seen.push(process.memoryUsage());
};
const { steps } = await train(
  data,
  { ...options, epochs, hidden: 16, learningRate: 1e-3 },
  { onEvent, save: () => {} },
);
process.stdout.write(JSON.stringify({ steps, seen } satisfies SoakReadings));
