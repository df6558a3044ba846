// Each layer of the book on an example small enough to follow with a pencil.
import {
  Affine,
  createKernels,
  explain,
  explainLayer,
  type Kernels,
  type Layer,
  type Nested,
  Relu,
  Sigmoid,
  SoftmaxWithLoss,
  type Tensor,
  tensor,
} from "@gradloom/core";
import type { Page } from "../page.ts";
import {
  layerBackwardLines,
  layerForwardLines,
  lossBackwardLines,
  lossForwardLines,
} from "../text/layer-text.ts";
import { paragraph } from "../text/paragraph.ts";

/** Plain loops: the same digits on every machine. */
export function plainKernels(): Kernels {
  return createKernels({ backend: "reference" });
}

const X = [
  [1, -0.5],
  [-2, 3],
];

export function reluPage(): Page {
  return layerPage({
    title: "Relu lets positive values through and stops the rest.",
    layer: new Relu({ kernels: plainKernels() }),
    dout: [
      [1, 2],
      [3, 4],
    ],
    remarks: paragraph(
      "The mask is 1 where x ≤ 0: there the switch is off, forward and backward alike. At exactly 0 the slope is " +
        "taken as 0. Nothing flows back through a switch that is off, so the weights before it learn nothing " +
        "from this sample.",
    ),
  });
}

export function sigmoidPage(): Page {
  return layerPage({
    title: "Sigmoid squeezes any number into 0 … 1.",
    layer: new Sigmoid({ kernels: plainKernels() }),
    dout: [
      [1, 1],
      [1, 1],
    ],
    remarks: paragraph(
      "The slope is y·(1 − y), so the result is all that backward needs. It is largest at x = 0, where y is ½: a " +
        "quarter. Far out it fades, and so does what flows back: five such layers in a row pass on at most a " +
        "thousandth.",
    ),
  });
}

export function affinePage(): Page {
  const W = f64([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  return layerPage({
    title: "Affine: each output is a weighted sum of the inputs, plus a bias. Two samples:",
    layer: new Affine(W, f64([0.1, 0.2, 0.3]), { kernels: plainKernels() }),
    dout: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    remarks: [
      "Let the shapes tell which product it is: N samples, D inputs, M outputs.",
      "    y  = x·W + b     (N, D)·(D, M) → (N, M)",
      "    dx = dout·Wᵀ     (N, M)·(M, D) → (N, D), the shape of x",
      "    dW = xᵀ·dout     (D, N)·(N, M) → (D, M), the shape of W",
      "    db = Σ dout      (N, M) → (M,), the shape of b: it was added to every row",
      "One element: the first weight met the first input of both samples, so",
      "    dW[0, 0] = x[0, 0]·dout[0, 0] + x[1, 0]·dout[1, 0] = 1·1 + (-2)·4 = -7",
    ],
  });
}

export function softmaxWithLossPage(): Page {
  const scores = f64([
    [2, 1, 0.1],
    [0, 3, -1],
  ]);
  const t = f64([
    [1, 0, 0],
    [0, 0, 1],
  ]);
  // The loss is explained at the end of a net; this one hands the scores on as they are.
  const asItIs: Layer = { forward: (x) => x, backward: (dout) => dout };
  const lastLayer = new SoftmaxWithLoss({ kernels: plainKernels() });
  const { loss } = explain({ layers: [asItIs], lastLayer }, scores, t);
  return {
    lines: [
      ...paragraph(
        "SoftmaxWithLoss turns scores into shares that sum to 1, and says how wrong they are. Two samples, three " +
          "classes; t has a 1 at the right class.",
      ),
      "",
      ...lossForwardLines(loss),
      "",
      ...lossBackwardLines(loss),
      "",
      ...paragraph(
        "The first sample is nearly right, the second believes in the wrong class: its loss is larger. Softmax and " +
          "the logarithm are one layer because together their derivative is simply y − t, shared by the N samples " +
          "of the mean. Going against it raises the score of the right class and lowers the others, and it sums to " +
          "0 in each row.",
      ),
    ],
    data: { ...loss },
  };
}

interface LayerPage {
  readonly title: string;
  readonly layer: Layer;
  readonly dout: Nested;
  readonly remarks: readonly string[];
}

function layerPage({ title, layer, dout, remarks }: LayerPage): Page {
  const explained = explainLayer(layer, f64(X), f64(dout));
  return {
    lines: [title, "", ...layerForwardLines(explained), "", ...layerBackwardLines(explained), "", ...remarks],
    data: { ...explained },
  };
}

function f64(values: Nested): Tensor {
  return tensor(values, "float64");
}
