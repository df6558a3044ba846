// Opens a saved model by its file, or by the folder of the run that has left it.
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LoadModelOptions } from "@gradloom/core";
import { loadModelFile, type Model } from "../model/model-file.ts";
import { CONFIG_FILE, MODEL_FILE } from "../run-folder/run-files.ts";

export interface OpenedModel extends Model {
  /** Where it was read from. */
  readonly file: string;
  /** The folder of its run, when the model still lies there. */
  readonly run: string | undefined;
}

/** @throws DataError when there is no model at that path, or a damaged one. */
export async function openModel(path: string, options: LoadModelOptions): Promise<OpenedModel> {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  const file = isFolder ? join(path, MODEL_FILE) : path;
  const model = await loadModelFile(file, options);
  const folder = dirname(file);
  return { ...model, file, run: existsSync(join(folder, CONFIG_FILE)) ? folder : undefined };
}
