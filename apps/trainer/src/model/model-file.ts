// A model as a file: a net and its card in one safetensors file, written and read with every rule checked.
import { readFile } from "node:fs/promises";
import {
  type LoadModelOptions,
  loadModel,
  type MultiLayerNet,
  readSafetensors,
  SafetensorsError,
  type StorableNet,
  saveModel,
} from "@gradloom/core";
import { fileFault } from "../data/file-fault.ts";
import { DataError } from "../errors.ts";
import { cardFrom, cardMetadata } from "./card-metadata.ts";
import type { ModelCard } from "./model-card.ts";

/** A net, and what its numbers mean. */
export interface Model {
  readonly net: MultiLayerNet;
  readonly card: ModelCard;
}

/**
 * The bytes of a safetensors file with the net's parameters and, as metadata, its card: see `cardMetadata` for the
 * keys. The same net and card give the same bytes.
 *
 * @throws DataError when the card does not fit the net, or is too long to be read back.
 */
export function modelBytes(net: MultiLayerNet, card: ModelCard): Uint8Array<ArrayBuffer> {
  const bytes = saveModel(net satisfies StorableNet, cardMetadata(card));
  // What cannot be read back must not be found out when it is needed.
  readModel(bytes, "the model to be saved");
  return bytes;
}

/**
 * The model in the bytes of a file, whole: one of `modelBytes`, or any safetensors file that core's loadModel reads,
 * PyTorch's too. Without a card the classes are numbered and the scale is 1.
 *
 * @param options.activation for a file that does not name it.
 * @throws DataError naming the file and what is wrong with it.
 */
export function readModel(bytes: Uint8Array, file: string, options: LoadModelOptions = {}): Model {
  try {
    const net = loadModel(bytes, options);
    return { net, card: cardFrom(readSafetensors(bytes).metadata, sizesOf(net), file) };
  } catch (cause) {
    if (cause instanceof DataError || !(cause instanceof Error)) throw cause;
    throw notAModel(cause, file);
  }
}

/**
 * `readModel` of a file on disk.
 *
 * @throws DataError also when there is no such file, or it may not be read.
 */
export async function loadModelFile(path: string, options: LoadModelOptions = {}): Promise<Model> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    const cure = "Give the path of a model.safetensors that a run has left.";
    throw fileFault(path, "a readable model file", cure, cause);
  }
  return readModel(bytes, path, options);
}

/** Values in and classes out. */
export function sizesOf(net: MultiLayerNet): { readonly inputs: number; readonly classes: number } {
  const shapes = Object.entries(net.layout.entries);
  const widths = shapes.filter(([name]) => name.startsWith("W")).map(([, { shape }]) => shape);
  return { inputs: widths[0]?.[0] ?? 0, classes: widths.at(-1)?.[1] ?? 0 };
}

function notAModel(cause: Error, file: string): DataError {
  const fault =
    cause instanceof SafetensorsError
      ? { expected: `${cause.expected} (${cause.where})`, found: cause.found }
      : { expected: "a net of Affine layers, as gradloom or PyTorch saves it", found: cause.message };
  const cure = "Give a model.safetensors that a run has left; if this is one, it is damaged: fetch it again.";
  return new DataError({ file, ...fault, cure }, { cause });
}
