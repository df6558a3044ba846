// Accuracy: the share of samples whose largest score is at the right class.
import type { Tensor } from "@gradloom/kernels";
import { argmax } from "../tensors/argmax.ts";
import { eachElement } from "../tensors/elements.ts";
import { type Labels, labelsFor } from "./labels.ts";

/**
 * For scores (N, C) or (C,) and labels of any form: 0 … 1. Ties go to the first index, in scores and labels alike.
 * @throws for labels that break the rules, see `Labels`.
 */
export function fractionRight(scores: Tensor, t: Labels): number {
  const labels = labelsFor(t, scores);
  const predicted = argmax(scores).data;
  const right = labels.dimension === scores.dimension ? argmax(labels) : labels;
  let count = 0;
  eachElement(right, (position, i) => {
    if (right.data[position] === predicted[i]) count += 1;
  });
  return count / right.size;
}
