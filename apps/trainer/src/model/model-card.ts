// What a saved model says about itself beside its weights, so that rows can be read for it and classes named.
import type { DataDescription } from "../data/dataset.ts";

/** Kept as text in the metadata of a model's safetensors file. */
export interface ModelCard extends DataDescription {
  /** Always named: a class without a name is called by its number. */
  readonly classNames: readonly string[];
  /** What each input is multiplied by before it reaches the net: 1/255 for bytes, 1 for numbers. */
  readonly scale: number;
  /** Short facts about the run, such as seed, epochs and accuracy. */
  readonly facts: Readonly<Record<string, string>>;
}
