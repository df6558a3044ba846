// The pages that need no model, by the names they are asked for with.
import type { Page } from "./page.ts";
import { addPage, mulPage } from "./topics/arithmetic.ts";
import { affinePage, reluPage, sigmoidPage, softmaxWithLossPage } from "./topics/layers.ts";
import { doutPage, orderPage } from "./topics/questions.ts";
import { applePage, orangePage } from "./topics/shopping.ts";

export interface Topic {
  readonly name: string;
  /** One line for the list of topics. */
  readonly summary: string;
  readonly page: () => Page;
}

/** In the order of the chapter. */
export const TOPICS: readonly Topic[] = [
  { name: "apple", summary: "a purchase as a graph; then with oranges", page: applePage },
  { name: "orange", summary: "only the second graph: apples, oranges and tax", page: orangePage },
  { name: "dout", summary: "what is dout?", page: doutPage },
  { name: "order", summary: "why does forward come before backward?", page: orderPage },
  { name: "mul", summary: "MulLayer: z = x·y", page: mulPage },
  { name: "add", summary: "AddLayer: z = x + y", page: addPage },
  { name: "relu", summary: "Relu: y = x where x > 0, else 0", page: reluPage },
  { name: "sigmoid", summary: "Sigmoid: y = 1 / (1 + exp(−x))", page: sigmoidPage },
  { name: "affine", summary: "Affine: y = x·W + b, and the derivatives of matrices", page: affinePage },
  { name: "softmax-with-loss", summary: "SoftmaxWithLoss: scores to a loss", page: softmaxWithLossPage },
];
