// The programmatic face of gradloom: load data, train on every core, get a net back.
export { type Dataset, limitRows, type TrainingData, toDataset } from "./data/dataset.ts";
export {
  DataError,
  type DataFault,
  DivergedError,
  TrainerError,
  UsageError,
  WorkerLostError,
} from "./errors.ts";
export type { DoneEvent, EpochEvent, ProgressEvent, StartEvent, TrainEvent, TrainResult } from "./events.ts";
export { type Activation, defaultOptions, type TrainingOptions } from "./options.ts";
export { type Trained, type TrainHooks, train } from "./train.ts";
