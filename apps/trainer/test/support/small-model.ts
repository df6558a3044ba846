// A small net with weights that differ, and a card for it.
import { MultiLayerNet } from "@gradloom/core";
import type { ModelCard } from "../../src/model/model-card.ts";
import type { Model } from "../../src/model/model-file.ts";

/** Inputs → 3 → classes, with random weights of seed 1. */
export function smallModel(
  card: Partial<ModelCard> = {},
  inputs = 4,
  dtype: "float32" | "float64" = "float32",
): Model {
  const classNames = card.classNames ?? ["bird", "cat", "dog"];
  const net = new MultiLayerNet({
    inputSize: inputs,
    hiddenSizes: [3],
    outputSize: classNames.length,
    seed: 1,
    weightInit: 1,
    dtype,
  });
  return { net, card: { scale: 1, facts: {}, ...card, classNames } };
}
