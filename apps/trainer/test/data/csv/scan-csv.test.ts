// The scanner reads RFC 4180 as Python's csv module does, and names the line of every fault.
import { describe, expect, test } from "vitest";
import { fieldText } from "../../../src/data/csv/field.ts";
import { scanCsv } from "../../../src/data/csv/scan-csv.ts";
import { faultOf, thrownBy } from "../../support/thrown.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Records as [line, field, field …]. */
function records(text: string): unknown[][] {
  const bytes = encode(text);
  const found: unknown[][] = [];
  scanCsv(bytes, "a.csv", (record) => {
    const fields = Array.from({ length: record.length }, (_, i) => fieldText(bytes, record, i));
    found.push([record.line, ...fields]);
  });
  return found;
}

describe("records", () => {
  test.each([
    ["LF", "a,b\n1,2\n"],
    ["CR LF", "a,b\r\n1,2\r\n"],
    ["CR", "a,b\r1,2\r"],
    ["no end after the last", "a,b\n1,2"],
    ["a byte order mark before the first", "\ufeffa,b\n1,2"],
  ])("are read with %s", (_, text) => {
    expect(records(text)).toEqual([
      [1, "a", "b"],
      [2, "1", "2"],
    ]);
  });

  test("are read with line ends of all kinds in one file, and lines are counted right", () => {
    expect(records("a\r\nb\nc\rd")).toEqual([
      [1, "a"],
      [2, "b"],
      [3, "c"],
      [4, "d"],
    ]);
  });

  test("are not made of empty lines", () => {
    expect(records("\n\na,b\n\r\n\n1,2\n\n")).toEqual([
      [3, "a", "b"],
      [6, "1", "2"],
    ]);
    expect(records("")).toEqual([]);
    expect(records("\ufeff\n")).toEqual([]);
  });

  test("keep empty fields, the last one too", () => {
    expect(records(",\na,\n,,b")).toEqual([
      [1, "", ""],
      [2, "a", ""],
      [3, "", "", "b"],
    ]);
  });
});

describe("quotes", () => {
  test("hold commas, line ends and doubled quotes, and lines are counted inside them", () => {
    expect(records('"a,b","c\nd","e""f"\r\n"g\r\nh",i\n""')).toEqual([
      [1, "a,b", "c\nd", 'e"f'],
      [3, "g\r\nh", "i"],
      [5, ""],
    ]);
  });

  test.each([
    ["never closed", 'a\n"b\nc', 2, 0, "nothing closes"],
    ["followed by text", 'a,"b"c', 1, 1, "behind a closing quote"],
    ["inside a plain field", 'a\nb,c"d"', 2, 1, "inside a field"],
    ["a lone one", '"', 1, 0, "nothing closes"],
  ])("%s are refused with line and column", (_, text, line, column, found) => {
    const fault = faultOf(thrownBy(() => records(text)));
    expect(fault).toMatchObject({ file: "a.csv", line, column, found: expect.stringContaining(found) });
  });
});

test("a file of commas, or of one endless field, is refused before it fills the memory", () => {
  const commas = new Uint8Array(20_000_000).fill(0x2c);
  const memory = process.memoryUsage().heapUsed;
  expect(faultOf(thrownBy(() => scanCsv(commas, "a.csv", () => {}))).found).toBe("more fields");
  expect(process.memoryUsage().heapUsed - memory).toBeLessThan(100_000_000);
  const letters = new Uint8Array(2_000_000).fill(0x61);
  expect(faultOf(thrownBy(() => scanCsv(letters, "a.csv", () => {}))).found).toContain("field 1");
});

test("the message counts columns from 1, as people do", () => {
  expect(String(thrownBy(() => records('a,"b"c')))).toContain("a.csv, line 1, column 2: expected");
});
