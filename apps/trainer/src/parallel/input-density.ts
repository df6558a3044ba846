// How much of the inputs is not zero, and whether that is little enough to skip the zeros.
import type { Dataset } from "../data/dataset.ts";
import type { SparseChoice } from "../options.ts";

/** So many rows tell the density of all to about a percent. */
const SAMPLED_ROWS = 1024;

/** Below this share of nonzeros skipping the zeros was measured to be faster in a whole step. */
const PAYS_BELOW = 0.4;

/** The share of the training inputs that is not 0, 0 to 1, counted over rows spread evenly over all of them. */
export function inputDensity({
  images,
  rows,
  columns,
}: Pick<Dataset, "images" | "rows" | "columns">): number {
  const sampled = Math.min(rows, SAMPLED_ROWS);
  let nonzeros = 0;
  for (let i = 0; i < sampled; i++) {
    const start = Math.floor((i * rows) / sampled) * columns;
    for (let j = start; j < start + columns; j++) if (images[j] !== 0) nonzeros += 1;
  }
  return nonzeros / (sampled * columns);
}

/** Whether the first layer skips the zeros of its input. */
export function skipsZeros(choice: SparseChoice, density: number): boolean {
  return choice === "on" || (choice === "auto" && density < PAYS_BELOW);
}
