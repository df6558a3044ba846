// Judges whether a saved state is one of this run: every difference is named, before anything starts.
import { UsageError } from "../errors.ts";
import type { TrainingOptions } from "../options.ts";
import type { TrainingState } from "../training-state.ts";
import { type NetSizes, netLayout } from "./memory-layout.ts";
import { optimizerOf } from "./optimizer.ts";

/** What of a run a state has to fit. */
export interface ResumableRun {
  readonly options: TrainingOptions;
  readonly layers: NetSizes;
  readonly stepsPerEpoch: number;
  readonly validationRows?: number;
}

const CURE = "Resume with the data and the options that the run began with.";

/** @throws UsageError naming the first difference. */
export function checkResume(state: TrainingState, { options, layers, ...run }: ResumableRun): void {
  const differs = (what: string, saved: unknown, now: unknown): never => {
    throw new UsageError(`cannot resume: the saved state has ${what} ${saved}, and this run ${now}. ${CURE}`);
  };
  const { length } = netLayout(layers);
  const Float = options.dtype === "float32" ? Float32Array : Float64Array;
  const vectors = [
    state.parameters,
    ...Object.values(state.optimizer),
    ...(state.best ? [state.best.parameters] : []),
  ];
  for (const vector of vectors) {
    if (vector.length !== length)
      differs("parameters by the number of", vector.length, `${length} (${layers.join("-")})`);
    if (!(vector instanceof Float)) differs("the dtype", dtypeOf(vector), options.dtype);
  }
  const kept = Object.keys(state.optimizer).sort().join(", ");
  const keeps = optimizerOf(options.optimizer).stateNames.toSorted().join(", ");
  if (kept !== keeps)
    differs(
      "an optimizer that keeps",
      kept || "nothing",
      `${options.optimizer}, which keeps ${keeps || "nothing"}`,
    );
  // Where the options say nothing, they are the state's own by now.
  if (state.pieces !== undefined && state.pieces !== options.pieces)
    differs("pieces, of products by a native BLAS:", state.pieces, options.pieces ?? "none");
  if (state.sparse !== undefined && state.sparse !== options.sparse)
    differs("sparse, the zeros of inputs beside a native BLAS:", state.sparse, options.sparse);
  if (!isWholeUpTo(state.step, run.stepsPerEpoch))
    differs("steps done in its epoch:", state.step, `${run.stepsPerEpoch} steps an epoch`);
  if (!isWholeUpTo(state.epoch, options.epochs) || state.epoch < 1)
    differs("the epoch", state.epoch, `epochs 1 to ${options.epochs}`);
  if (!Number.isFinite(state.lossSum)) differs("a sum of losses of", state.lossSum, "needs a finite one");
  if (state.best !== undefined && run.validationRows === undefined)
    differs("a best epoch by", "validation loss", "no validation rows");
}

function isWholeUpTo(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

function dtypeOf(vector: Float32Array | Float64Array): string {
  return vector instanceof Float32Array ? "float32" : "float64";
}
