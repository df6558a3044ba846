// The card of a model trained on a data set: what the data set says of itself, with every class named.
import type { TrainingData } from "../data/dataset.ts";
import type { ModelCard } from "./model-card.ts";

/** `facts` are short texts about the run, such as `{ seed: "0", test_accuracy: "0.9731" }`. */
export function cardOf(
  { train, description }: Pick<TrainingData, "train" | "description">,
  facts: Readonly<Record<string, string>> = {},
): ModelCard {
  return {
    ...description,
    classNames: description?.classNames ?? numbered(train.classes),
    scale: train.scale,
    facts,
  };
}

/** "0", "1", "2" …: the names of classes that have none. */
export function numbered(classes: number): readonly string[] {
  return Array.from({ length: classes }, (_, i) => String(i));
}
