// A small saved model in a file of its own, and the small data folder that fits it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createKernels, MultiLayerNet } from "@gradloom/core";
import type { ModelCard } from "../../src/model/model-card.ts";
import { modelBytes } from "../../src/model/model-file.ts";
import { folderOf, smallFiles } from "../support/data-folder.ts";

export interface SmallModel {
  readonly inputs?: number;
  readonly classNames?: readonly string[];
  readonly card?: Partial<ModelCard>;
  readonly dtype?: "float32" | "float64";
}

export const ANIMALS = ["ant", "bee", "owl"] as const;

/** A net of 4-5-3 with weights that are neither small nor alike. */
export function smallNet({
  inputs = 4,
  classNames = ANIMALS,
  dtype = "float32",
}: SmallModel = {}): MultiLayerNet {
  const kernels = createKernels({ backend: "reference" });
  const outputSize = classNames.length;
  return new MultiLayerNet({
    inputSize: inputs,
    hiddenSizes: [5],
    outputSize,
    weightInit: 0.7,
    dtype,
    kernels,
  });
}

/** The path of a model for bytes, saved in a folder that is gone after the test. */
export function modelFile(settings: SmallModel = {}): string {
  const { classNames = ANIMALS, card = {} } = settings;
  return writeModel(modelBytes(smallNet(settings), { classNames, scale: 1 / 255, facts: {}, ...card }));
}

function writeModel(bytes: Uint8Array): string {
  const path = join(folderOf({}), "model.safetensors");
  writeFileSync(path, bytes);
  return path;
}

/** The path of a model whose scores are its inputs, one for each class: what it says is known without a net. */
export function echoModel(classNames: readonly string[], card: Partial<ModelCard> = {}): string {
  const size = classNames.length;
  const kernels = createKernels({ backend: "reference" });
  const net = new MultiLayerNet({ inputSize: size, hiddenSizes: [], outputSize: size, kernels });
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) net.layers.Affine1.W.set(i, j, i === j ? 1 : 0);
  return writeModel(modelBytes(net, { classNames, scale: 1, facts: {}, ...card }));
}

/** A folder of IDX files with two test rows of four bytes, of classes 1 and 2. */
export function smallFolder(): string {
  return folderOf(smallFiles());
}
