// The activations between Affine layers, chosen by name.
import { ValueError } from "../errors.ts";

/** What comes after an Affine layer that is not the last. */
export type Activation = "relu" | "sigmoid";

/** One activation for each of `count` hidden layers. @throws ValueError for an unknown name or another number of them. */
export function activationsFor(
  activation: Activation | readonly Activation[],
  count: number,
): readonly Activation[] {
  if (typeof activation === "string") return Array.from({ length: count }, () => known(activation));
  if (activation.length === count) return activation.map(known);
  throw new ValueError(
    `activation has ${activation.length} names for ${count} hidden layers: give one for each, or a single one for all`,
  );
}

function known(name: Activation): Activation {
  if (name === "relu" || name === "sigmoid") return name;
  throw new ValueError(`activation is "${String(name)}"; "relu" or "sigmoid" is needed`);
}
