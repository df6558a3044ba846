// The two ways a model file names and turns the weights: the book's and PyTorch's.
import type { Tensor } from "@gradloom/kernels";

/** "in_out": W1 (D, M), b1, … as in the book. "out_in": fc1.weight (M, D), fc1.bias, … as `torch.nn.Linear` has them. */
export type ModelLayout = "in_out" | "out_in";

export interface LayoutNames {
  /** The name of the k-th layer's weights, k from 1. */
  readonly W: (k: number) => string;
  readonly b: (k: number) => string;
  /** The view that turns weights from the book's order to the file's, and back: it is its own inverse. */
  readonly turn: (W: Tensor) => Tensor;
}

const BOOK: LayoutNames = { W: (k) => `W${k}`, b: (k) => `b${k}`, turn: (W) => W };
const TORCH: LayoutNames = {
  W: (k) => `fc${k}.weight`,
  b: (k) => `fc${k}.bias`,
  turn: (W) => W.transpose(1, 0),
};

export function layoutNames(layout: ModelLayout): LayoutNames {
  return layout === "in_out" ? BOOK : TORCH;
}
