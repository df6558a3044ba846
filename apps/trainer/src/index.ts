// The programmatic face of gradloom: load data, train on every core, get a net back.
export { type Dataset, limitRows, type TrainingData } from "./data/dataset.ts";
export { loadIdxFolder } from "./data/idx-folder.ts";
export { loadMnist } from "./data/mnist.ts";
export {
  CheckpointError,
  DataError,
  type DataFault,
  DivergedError,
  InterruptedError,
  TrainerError,
  UsageError,
  WorkerLostError,
} from "./errors.ts";
export type {
  DoneEvent,
  EpochEvent,
  ProgressEvent,
  RestartEvent,
  StartEvent,
  TrainEvent,
  TrainResult,
} from "./events.ts";
export {
  type Activation,
  type BackendChoice,
  type Dtype,
  defaultOptions,
  type OptimizerName,
  type TrainingOptions,
} from "./options.ts";
export type { MemoryUse } from "./parallel/memory-layout.ts";
export type { StepProfile } from "./parallel/step-profile.ts";
export { type Trained, type TrainHooks, train } from "./train.ts";
export { planTraining, type TrainingPlan } from "./training-plan.ts";
export type { BestEpoch, EpochRecord, FlatVector, TrainingState } from "./training-state.ts";
