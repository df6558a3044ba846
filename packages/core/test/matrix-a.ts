// The 3×10 scores A and the classes 7, 4, 9 that the golden numbers of softmax and its loss were computed for.
import type { Tensor } from "@gradloom/kernels";
import { f64 } from "./arrays.ts";

export const A: Tensor<Float64Array> = f64([
  [1, 3, 5, 7, 9, 1.5, 3.5, 5.5, 7.5, 9.5],
  [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  [-10, -8, -6, -4, -2, 0, 2, 4, 6, 8],
]);

export const CLASSES = [7, 4, 9] as const;

export const ONE_HOT: Tensor<Float64Array> = f64(
  CLASSES.map((right) => Array.from({ length: 10 }, (_, k) => (k === right ? 1 : 0))),
);

export const EXACT_LOSS = 2.3558145299634488;
export const BOOK_LOSS = 2.355810776839421;
/** What comes out when softmax takes its maximum and its sum over the whole matrix instead of each row: wrong. */
export const WHOLE_MATRIX_LOSS = 5.416781025822352;
