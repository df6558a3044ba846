// The programmatic face of gradloom: load data, train on every core, get a net back.
export {
  type Checkpoint,
  checkpointBytes,
  type RunIdentity,
  readCheckpoint,
} from "./checkpoint/checkpoint-bytes.ts";
export { type Found, findNewest, saveCheckpoint } from "./checkpoint/checkpoint-folder.ts";
export type { Disk, OpenFile } from "./checkpoint/disk.ts";
export { dataFingerprint } from "./config/run-identity.ts";
export type { DataOptions, MissingPolicy } from "./data/data-options.ts";
export {
  type DataDescription,
  type Dataset,
  limitRows,
  type Standardization,
  type TrainingData,
} from "./data/dataset.ts";
export type { HeldRows, RowRange } from "./data/held-rows.ts";
export { loadIdxFolder } from "./data/idx-folder.ts";
export { loadData } from "./data/load-data.ts";
export { loadMnist } from "./data/mnist.ts";
export { type NpyArray, type NpyData, npyBytes } from "./data/npy/write-npy.ts";
export { npzBytes } from "./data/npy/write-npz.ts";
export { type RowOptions, type Rows, readRows } from "./data/rows/read-rows.ts";
export {
  type ArrayData,
  type ArrayLikeLabels,
  type ArrayLikeRows,
  type ArrayRows,
  type NumberArray,
  toTrainingData,
} from "./data/to-training-data.ts";
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
export { type Evaluation, evaluateModel, type NamedClassFigures } from "./evaluate/evaluate-model.ts";
export type {
  DoneEvent,
  EpochEvent,
  ProgressEvent,
  RestartEvent,
  StartEvent,
  TrainEvent,
  TrainResult,
} from "./events.ts";
export { type ExportFormat, exportModel } from "./export/export-model.ts";
export { cardOf } from "./model/card-of.ts";
export type { ModelCard } from "./model/model-card.ts";
export { loadModelFile, type Model, modelBytes, readModel } from "./model/model-file.ts";
export {
  type Activation,
  type BackendChoice,
  type Dtype,
  defaultOptions,
  type OptimizerName,
  type TrainingOptions,
} from "./options.ts";
export type { MemoryUse } from "./parallel/memory-layout.ts";
export { loadRankData, type RankDataOptions } from "./parallel/ranks/load-rank-data.ts";
export { Ranks, type RanksAddress } from "./parallel/ranks/ranks.ts";
export type { StepProfile } from "./parallel/step-profile.ts";
export { type Prediction, predictRows } from "./predict/predict-rows.ts";
export type { EpochTiming } from "./report/html/report.ts";
export { type TrainingReportOptions, trainingReport } from "./report/training-report.ts";
export { reportOfRun } from "./run-folder/report-of-run.ts";
export { type Trained, type TrainHooks, train } from "./train.ts";
export { trainEvents } from "./train-events.ts";
export { planTraining, type TrainingPlan } from "./training-plan.ts";
export type { BestEpoch, EpochRecord, FlatVector, TrainingState } from "./training-state.ts";
