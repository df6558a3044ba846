// A checkpoint as the bytes of one safetensors file, and back: where a run stands, and which run it is.
import { readSafetensors, type SafetensorsTensor, writeSafetensors } from "@gradloom/core";
import { CheckpointError } from "../errors.ts";
import type { FlatVector, TrainingState } from "../training-state.ts";
import { requireState } from "./check-state.ts";
import { fromExactJson, toExactJson } from "./exact-json.ts";
import { NO_SEAL, requireSeal, SEAL_KEY, seal } from "./sealed-file.ts";

/** Which run a state belongs to: it may only go on with these. */
export interface RunIdentity {
  /** SHA-256 of the options that decide the weights. */
  readonly config: string;
  /** SHA-256 of the data. */
  readonly data: string;
  readonly seed: number;
}

/** A state, whose it is, and whether there is nothing left to do. */
export interface Checkpoint {
  readonly state: TrainingState;
  readonly run: RunIdentity;
  /** The run came to its end: by its last epoch or by early stopping. */
  readonly finished: boolean;
}

const FORMAT = "gradloom checkpoint";
/** Goes up when a reader of today could misread a file of then. */
const VERSION = "1";

/** The same checkpoint gives the same bytes. */
export function checkpointBytes({ state, run, finished }: Checkpoint): Uint8Array<ArrayBuffer> {
  const { text, vectors } = toExactJson(state);
  const tensors = [...vectors].map(([name, data]) => [name, tensorOf(data)] as const);
  const bytes = writeSafetensors(tensors, [
    [SEAL_KEY, NO_SEAL],
    ["format", FORMAT],
    ["version", VERSION],
    ["config", run.config],
    ["data", run.data],
    ["seed", String(run.seed)],
    // Beside the state for people who look into the file.
    ["epoch", String(state.epoch)],
    ["step", String(state.step)],
    ["finished", String(finished)],
    ["state", text],
  ]);
  seal(bytes);
  return bytes;
}

/**
 * The checkpoint again, bit for bit.
 *
 * @param path what errors call it
 * @throws CheckpointError for bytes that are damaged, cut, of another format, or written by a later gradloom.
 */
export function readCheckpoint(bytes: Uint8Array, path: string): Checkpoint {
  requireSeal(bytes, path);
  try {
    const { metadata, tensors } = readSafetensors(bytes);
    const text = (key: string): string => {
      const value = metadata.get(key);
      if (value === undefined) throw new Error(`its metadata has no ${key}`);
      return value;
    };
    if (text("format") !== FORMAT) throw new Error("its format is another one");
    if (text("version") !== VERSION) {
      throw new Error(`it has version ${text("version")}, and this gradloom reads version ${VERSION}`);
    }
    const vectors = new Map([...tensors].map(([name, tensor]) => [name, vectorOf(name, tensor)]));
    return {
      state: requireState(fromExactJson({ text: text("state"), vectors })),
      run: { config: text("config"), data: text("data"), seed: Number(text("seed")) },
      finished: text("finished") === "true",
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CheckpointError(path, `cannot be read as a checkpoint: ${reason}`, { cause });
  }
}

function tensorOf(data: FlatVector): SafetensorsTensor {
  const shape = [data.length];
  return data instanceof Float64Array ? { dtype: "F64", shape, data } : { dtype: "F32", shape, data };
}

/** A copy, so that the file's bytes can go. */
function vectorOf(name: string, { dtype, data }: SafetensorsTensor): FlatVector {
  if (dtype === "F64") return Float64Array.from(data);
  if (dtype === "F32") return Float32Array.from(data);
  throw new Error(`its tensor ${JSON.stringify(name)} is ${dtype}, and F32 or F64 is needed`);
}
