// Rows are put in another order in place, whatever cycles the order has.
import { permutation } from "@gradloom/core";
import { expect, test } from "vitest";
import { arrangeRows } from "../../../src/data/prepare/arrange-rows.ts";

test.each([1, 2, 3, 10, 257])("%i rows end where the order says", (rows) => {
  for (let seed = 0; seed < 10; seed++) {
    const order = permutation(rows, { seed, stream: "arrange" });
    const values = Float64Array.from({ length: rows * 3 }, (_, i) => i);
    arrangeRows(values, 3, order);
    const expected = Array.from(order).flatMap((row) => [3 * row, 3 * row + 1, 3 * row + 2]);
    expect(Array.from(values)).toEqual(expected);
  }
});

test("bytes stay bytes", () => {
  const values = Uint8Array.of(1, 2, 3);
  arrangeRows(values, 1, Int32Array.of(2, 0, 1));
  expect(Array.from(values)).toEqual([3, 1, 2]);
});
