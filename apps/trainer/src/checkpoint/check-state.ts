// Judges what a checkpoint says about where a run stands, before a run believes it.
import type { BestEpoch, EpochRecord, FlatVector, TrainingState } from "../training-state.ts";

/** @throws Error naming the first part that is not as it has to be. */
export function requireState(value: unknown): TrainingState {
  if (!isState(value)) throw new Error("its state is not that of a run");
  const { parameters } = value;
  const vectors = { ...value.optimizer, ...(value.best && { best: value.best.parameters }) };
  for (const [name, vector] of Object.entries(vectors)) {
    if (vector.length !== parameters.length || vector.constructor !== parameters.constructor) {
      throw new Error(`its ${name} does not fit its parameters: ${kindOf(vector)}, ${kindOf(parameters)}`);
    }
  }
  // Not every epoch need be judged, but the judged ones are in order, and none is still to come.
  for (const [i, { epoch }] of value.history.entries()) {
    if (epoch > (value.history[i - 1]?.epoch ?? 0) && epoch <= value.epoch) continue;
    throw new Error(`its history tells of epoch ${epoch} where it cannot be`);
  }
  return value;
}

function isState(value: unknown): value is TrainingState {
  return (
    isObject(value) &&
    isCount(value.epoch) &&
    isCount(value.step) &&
    typeof value.lossSum === "number" &&
    isVector(value.parameters) &&
    isObject(value.optimizer) &&
    Object.values(value.optimizer).every(isVector) &&
    (value.plateau === undefined || isObject(value.plateau)) &&
    (value.best === undefined || isBest(value.best)) &&
    (value.pieces === undefined || (isCount(value.pieces) && value.pieces > 0)) &&
    (value.sparse === undefined || value.sparse === "on" || value.sparse === "off") &&
    Array.isArray(value.history) &&
    value.history.every(isRecord)
  );
}

function isBest(value: unknown): value is BestEpoch {
  return (
    isObject(value) && isCount(value.epoch) && typeof value.loss === "number" && isVector(value.parameters)
  );
}

function isRecord(value: unknown): value is EpochRecord {
  return isObject(value) && isCount(value.epoch) && typeof value.loss === "number";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isVector(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isVector(value: unknown): value is FlatVector {
  return value instanceof Float32Array || value instanceof Float64Array;
}

function kindOf(vector: FlatVector): string {
  return `${vector.constructor.name} of ${vector.length}`;
}
