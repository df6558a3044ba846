// A CSV file as data: which column is the label, what is a header, what the classes are, what is refused and where.
import { describe, expect, test } from "vitest";
import { loadCsv } from "../../../src/data/csv/load-csv.ts";
import type { DataOptions } from "../../../src/data/data-options.ts";
import { faultOf, thrownBy } from "../../support/thrown.ts";

const load = (text: string, options: DataOptions = {}) =>
  loadCsv(new TextEncoder().encode(text), "a.csv", options).train;
const refused = (text: string, options: DataOptions = {}) => faultOf(thrownBy(() => load(text, options)));

const PETS = "weight,legs,pet\n4,4,cat\n0.5,2,bird\n9,4,dog\n5,4,cat\n";

describe("columns", () => {
  test("the last is the label by default, all others are numbers", () => {
    const { dataset, description } = load(PETS);
    expect(dataset).toMatchObject({ rows: 4, columns: 2, classes: 3, scale: 1 });
    expect(Array.from(dataset.images)).toEqual([4, 4, 0.5, 2, 9, 4, 5, 4]);
    expect(Array.from(dataset.labels)).toEqual([1, 0, 2, 1]);
    expect(description).toEqual({
      classNames: ["bird", "cat", "dog"],
      columnNames: ["weight", "legs"],
      label: "pet",
    });
  });

  test.each<[string, string | number]>([
    ["a name", "pet"],
    ["a number", 0],
    ["a number as text", "0"],
    ["a number from the end", -3],
  ])("the label is found by %s", (_, label) => {
    const { dataset, description } = load("pet,weight,legs\ncat,4,4\nbird,0.5,2\n", { label });
    expect(Array.from(dataset.images)).toEqual([4, 4, 0.5, 2]);
    expect(description).toMatchObject({ columnNames: ["weight", "legs"], label: "pet" });
  });

  test("a name that looks like a number is a name first", () => {
    const { description } = load("1,0,b\n5,x,6\n7,y,8\n", { label: "0", header: true });
    expect(description.columnNames).toEqual(["1", "b"]);
  });

  test("a label that is not there names the columns there are", () => {
    for (const label of ["species", "7", 3, -4])
      expect(refused(PETS, { label }).found).toBe("weight, legs, pet");
    expect(refused("1,2\n3,4\n", { label: "pet" }).found).toBe("2 columns without names");
  });
});

describe("a header", () => {
  test("is the first record when none of its fields is a number", () => {
    expect(load("a,b\n1,x\n2,y\n").dataset.rows).toBe(2);
    expect(load("1,x\n2,y\n").dataset.rows).toBe(2);
    expect(load("1,x\n2,y\n").description).toEqual({ classNames: ["x", "y"], label: 1 });
  });

  test("can be said to be there, or not", () => {
    expect(load("1,2\n3,x\n4,y\n", { header: true }).description.columnNames).toEqual(["1"]);
    expect(refused("a,b\n1,x\n2,y\n", { header: false })).toMatchObject({ line: 1, found: '"a"' });
  });

  test("gives a column without a name its number", () => {
    expect(load(",b,c\n1,2,x\n3,4,y\n").description.columnNames).toEqual(["column 1", "b"]);
  });

  test("with a name twice is refused", () => {
    expect(refused("a,b,a\n1,2,x\n")).toMatchObject({ line: 1, column: 2 });
  });

  test("of very many columns is judged in no time", () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `c${i}`).join(",");
    const start = performance.now();
    expect(refused(`${names},c0\n`)).toMatchObject({ found: "a header and nothing else" });
    expect(refused(`${names},c0\n1\n`).found).toBe("1");
    expect(refused(`${names},c0\n${names.replaceAll("c", "")},x\n`)).toMatchObject({ column: 200_000 });
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("alone is no data", () => {
    expect(refused("a,b\n").found).toBe("a header and nothing else");
    expect(refused("").found).toBe("an empty file");
  });
});

describe("classes", () => {
  test("that are numbers are ordered by value, and two spellings of one value are one class", () => {
    const { dataset, description } = load("1,10\n2,9\n3,9.0\n4,-1\n");
    expect(description.classNames).toEqual(["-1", "9", "10"]);
    expect(Array.from(dataset.labels)).toEqual([2, 1, 1, 0]);
  });

  test("that are words are ordered as sort orders them, whatever order they come in", () => {
    const names = (text: string) => load(text).description.classNames;
    expect(names("1,b\n2,a\n3,B\n4,10\n")).toEqual(["10", "B", "a", "b"]);
    expect(names("4,10\n3,B\n2,a\n1,b\n")).toEqual(["10", "B", "a", "b"]);
  });

  test("can be more than there are labels for, when the labels are class numbers", () => {
    const { dataset, description } = load("1,2\n2,0\n3,2\n", { classes: 4 });
    expect(description.classNames).toEqual(["0", "1", "2", "3"]);
    expect(Array.from(dataset.labels)).toEqual([2, 0, 2]);
    expect(refused(PETS, { classes: 4 }).found).toBe("3: bird, cat, dog");
    expect(refused("1,5\n2,0\n", { classes: 4 }).found).toBe("2: 0, 5");
  });

  test("may be called none, and names keep quotes, commas and any letters", () => {
    expect(load('1,none\n2,"a ""b"", c"\n3,é <i>\n').description.classNames).toEqual([
      'a "b", c',
      "none",
      "é <i>",
    ]);
  });

  test("of its own for every row is a column that classifies nothing", () => {
    const text = Array.from({ length: 11 }, (_, i) => `${i % 3},${i / 7}`).join("\n");
    expect(refused(text)).toMatchObject({
      columnName: "column 2",
      found: expect.stringContaining("11 rows"),
    });
  });
});

describe("a value that cannot be trained on is refused with line and column", () => {
  test.each([
    ["empty", "", "an empty field", "--missing"],
    ["only spaces", "  ", "an empty field", "--missing"],
    ["NA", "NA", '"NA"', "--missing"],
    ["nan", "nan", '"nan"', "--missing"],
    ["inf", "inf", '"inf"', "Replace"],
    ["1e999", "1e999", '"1e999"', "Replace"],
    ["a word", "red", '"red"', "one column of 0 and 1"],
  ])("%s", (_, text, found, cure) => {
    const fault = refused(`a,b,c\n1,2,x\n3,${text},y\n`);
    expect(fault).toMatchObject({ file: "a.csv", line: 3, row: 1, column: 1, columnName: "b", found });
    expect(fault.cure).toContain(cure);
  });

  test("also a missing label", () => {
    expect(refused("a,b\n1,x\n2,\n")).toMatchObject({ line: 3, columnName: "b", expected: "a class" });
    expect(refused("a,b\n1,x\n2,\n", { missing: "mean" })).toMatchObject({ line: 3 });
  });

  test("and the message says it in words", () => {
    expect(String(thrownBy(() => load("a,b,c\n1,2,x\n3,red,y\n")))).toContain(
      'a.csv, line 3, column "b": expected a finite number, found "red".',
    );
  });
});

describe("records", () => {
  test("of another length are refused with line and both lengths", () => {
    expect(refused("a,b,c\n1,2,x\n3,y\n")).toMatchObject({
      line: 3,
      expected: expect.stringContaining("3 fields"),
      found: "2",
    });
  });

  test("of a single field come with the usual reason", () => {
    expect(refused("a;b\n1;x\n").cure).toContain("semicolons");
  });

  test("that are not UTF-8 are refused", () => {
    const latin1 = Uint8Array.from([0x61, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0xe9, 0x0a]);
    expect(faultOf(thrownBy(() => loadCsv(latin1, "a.csv"))).expected).toBe("text in UTF-8");
  });
});

describe("missing values", () => {
  const GAPS = "a,b,c\n1,2,x\n,4,y\n5,?,x\n7,8,\n9,10,y\n";

  test("drop leaves their rows out", () => {
    const { dataset } = load(GAPS, { missing: "drop" });
    expect(dataset.rows).toBe(2);
    expect(Array.from(dataset.images)).toEqual([1, 2, 9, 10]);
    expect(Array.from(dataset.labels)).toEqual([0, 1]);
    expect(refused("a,b\n,x\n,y\n", { missing: "drop" }).found).toContain("each of the 2 rows");
  });

  test("mean marks them for the mean of the training rows", () => {
    const { dataset, hasMissing } = load("a,b,c\n1,2,x\n,4,y\n5,?,x\n", { missing: "mean" });
    expect(hasMissing).toBe(true);
    expect(Array.from(dataset.images)).toEqual([1, 2, Number.NaN, 4, 5, Number.NaN]);
    expect(load(PETS, { missing: "mean" }).hasMissing).toBe(false);
  });

  test("neither lets text or infinity through", () => {
    for (const missing of ["mean", "drop"] as const) {
      expect(refused("a,b\n1,x\ninf,y\n", { missing }).found).toBe('"inf"');
      expect(refused("a,b\n1,x\nred,y\n", { missing }).found).toBe('"red"');
    }
  });
});
