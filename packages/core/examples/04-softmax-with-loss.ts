// SoftmaxWithLoss: scores to shares, shares to one number, and back to y − t.
import { SoftmaxWithLoss, tensor, toNestedArray } from "@gradloom/core";

const rounded = (rows: unknown): string =>
  JSON.stringify(rows, (_, v) => (typeof v === "number" ? +v.toFixed(4) : v));

const scores = tensor(
  [
    [0.3, 2.9, 4.0],
    [1, 1, 1],
  ],
  "float64",
); // (2, 3): two samples, three classes
const t = tensor(
  [
    [0, 0, 1],
    [0, 1, 0],
  ],
  "float64",
); // right: class 2, then class 1

const lastLayer = new SoftmaxWithLoss();
const loss = lastLayer.forward(scores, t);
console.log("y     ", rounded(toNestedArray(lastLayer.y))); // each row adds up to 1
console.log("losses", rounded(toNestedArray(lastLayer.losses))); // −log of the share of the right class
console.log("loss  ", loss.toFixed(4)); // their mean

// How far each share is off, divided by the 2 samples; each row adds up to 0.
console.log("dx    ", rounded(toNestedArray(lastLayer.backward())));
