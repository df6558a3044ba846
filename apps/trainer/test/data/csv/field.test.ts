// Numbers of a CSV file are the doubles that JavaScript's own parser makes of the same text.
import { expect, test } from "vitest";
import { fieldNumber, isMissing } from "../../../src/data/csv/field.ts";
import { scanCsv } from "../../../src/data/csv/scan-csv.ts";

function numberIn(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text);
  let value: number | undefined;
  scanCsv(bytes, "a.csv", (record) => {
    value = fieldNumber(bytes, record, 0);
  });
  return value;
}

// The edges of the fast way: 15 digits, 22 decimals, a sign, and what goes the slow way beside them.
test.each([
  "0",
  "-0",
  "7",
  "-12",
  "+3",
  "0.1",
  "-0.1",
  "5.",
  ".5",
  "00012.50",
  "123456789012345",
  "0.123456789012345",
  "1234567890123456",
  "0.1234567890123456",
  "0.0000000000000000000001",
  "9007199254740993",
  "1e5",
  "-2.5E-3",
  "1.7976931348623157e308",
  "4.9e-324",
  "3.0000000000000004",
  " 8 ",
  "5.1",
])("%s is read as Number reads it", (text) => {
  expect(numberIn(text)).toBe(Number(text));
});

test("random decimals of up to 17 digits are read as Number reads them", () => {
  let state = 1;
  const next = (bound: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  for (let round = 0; round < 20_000; round++) {
    const digits = Array.from({ length: 1 + next(17) }, () => next(10)).join("");
    const point = next(digits.length + 1);
    const text = `${next(2) === 0 ? "" : "-"}${digits.slice(0, point)}.${digits.slice(point)}`;
    if (numberIn(text) !== Number(text)) expect.fail(`${text} became ${numberIn(text)}`);
  }
});

test.each([
  "",
  "-",
  ".",
  "abc",
  "0x10",
  "1_000",
  "1 2",
  "1e",
  "--1",
  "1.2.3",
  "Infinity",
  "inf",
  "NaN",
  "１",
])("%j is no number", (text) => {
  expect(numberIn(`"${text}"`)).toBeUndefined();
});

test("a number too large for a double is infinite, for the caller to refuse", () => {
  expect(numberIn("1e999")).toBe(Number.POSITIVE_INFINITY);
});

test("words that stand for nothing are known in any case", () => {
  expect(["", "NA", "n/a", "NaN", "NULL", "None", "?"].every(isMissing)).toBe(true);
  expect(["0", "inf", "nothing", "-"].some(isMissing)).toBe(false);
});
