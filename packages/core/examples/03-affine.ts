// Affine: x·W + b for two samples at once, and the three gradients that come back.
import { Affine, tensor, toNestedArray } from "@gradloom/core";

const W = tensor(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  "float64",
); // (2, 3): two values in, three out
const b = tensor([0.1, 0.2, 0.3], "float64"); // (3,)
const affine = new Affine(W, b);

const x = tensor(
  [
    [1, -0.5],
    [-2, 3],
  ],
  "float64",
); // (2, 2): two samples
console.log("y ", toNestedArray(affine.forward(x))); // (2, 3)

const dout = tensor(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  "float64",
); // (2, 3), like y
console.log("dx", toNestedArray(affine.backward(dout))); // (2, 2), like x: dout·Wᵀ
console.log("dW", toNestedArray(affine.dW)); // (2, 3), like W: xᵀ·dout
console.log("db", toNestedArray(affine.db)); // (3,), like b: the rows of dout, added up
