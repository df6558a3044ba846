// Confusion, precision, recall and F1 against fractions worked out by hand.
import { expect, test } from "vitest";
import { classFigures, confusionOf } from "../../src/evaluate/class-figures.ts";

//            taken for 0  1  2
// of class 0           5  1  0
// of class 1           2  3  1      classes 2 and 3 have no rows, class 3 is never predicted
const labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
const predicted = [0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 2];

test("the confusion has the pairs that occur, in order", () => {
  expect(confusionOf(labels, predicted, 4)).toEqual([
    { label: 0, predicted: 0, rows: 5 },
    { label: 0, predicted: 1, rows: 1 },
    { label: 1, predicted: 0, rows: 2 },
    { label: 1, predicted: 1, rows: 3 },
    { label: 1, predicted: 2, rows: 1 },
  ]);
});

test("each class has its precision, recall, F1 and support, and no number where it would be 0/0", () => {
  expect(classFigures(confusionOf(labels, predicted, 4), 4)).toEqual([
    { precision: 5 / 7, recall: 5 / 6, f1: 10 / 13, support: 6 },
    { precision: 3 / 4, recall: 3 / 6, f1: 6 / 10, support: 6 },
    { precision: 0, recall: undefined, f1: 0, support: 0 },
    { precision: undefined, recall: undefined, f1: undefined, support: 0 },
  ]);
});
