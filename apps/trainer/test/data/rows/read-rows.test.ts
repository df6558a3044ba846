// Rows for a model are prepared as in training, whatever file they come from; what does not fit the model is named.
import { describe, expect, test } from "vitest";
import { npyBytes } from "../../../src/data/npy/write-npy.ts";
import { npzBytes } from "../../../src/data/npy/write-npz.ts";
import { type RowOptions, readRows } from "../../../src/data/rows/read-rows.ts";
import { UsageError } from "../../../src/errors.ts";
import type { Model } from "../../../src/model/model-file.ts";
import { idxBytes, U8 } from "../../support/idx-bytes.ts";
import { pngFile } from "../../support/png-bytes.ts";
import { smallModel } from "../../support/small-model.ts";
import { fileOf } from "../../support/temporary-file.ts";
import { faultOf } from "../../support/thrown.ts";

const STANDARDIZATION = { mean: [1, 2, 3, 4], std: [1, 2, 1, 4] };
const TABLE = smallModel({
  columnNames: ["a", "b", "c", "d"],
  label: "pet",
  standardization: STANDARDIZATION,
});
const NAMELESS = smallModel({ standardization: STANDARDIZATION });
const PIXELS = smallModel({ imageShape: [2, 2], scale: 1 / 255 });
const LIGHT = smallModel({ imageShape: [2, 2] });

const read = async (model: Model, name: string, content: string | Uint8Array, options: RowOptions = {}) => {
  const path = fileOf(name, content);
  const { x, names, labels } = await readRows([path], model, options);
  const values = Array.from(x.data.subarray(0, x.size));
  return { path, shape: x.shape, values, names, labels: labels && Array.from(labels) };
};
const refused = async (...given: Parameters<typeof read>) =>
  faultOf(await read(...given).catch((error: unknown) => error));

describe("a CSV file", () => {
  test("with names is read by them, in any order, beside other columns, with its labels", async () => {
    const csv = "id,d,pet,c,b,a\nx7,8,dog,3,4,1\nx8,4,bird,5,0,0\n";
    const rows = await read(TABLE, "a.csv", csv);
    expect(rows).toMatchObject({ shape: [2, 4], values: [0, 1, 0, 1, -1, -1, 2, 0], labels: [2, 0] });
    expect(rows.names).toEqual([`${rows.path}:1`, `${rows.path}:2`]);
  });

  test("without labels has none", async () => {
    expect((await read(TABLE, "a.csv", "a,b,c,d\n1,2,3,4\n")).labels).toBeUndefined();
    expect((await read(NAMELESS, "a.csv", "1,2,3,4\n")).labels).toBeUndefined();
  });

  test("without names is read by place, the label last or where the model or the caller says", async () => {
    expect(await read(NAMELESS, "a.csv", "1,2,3,4,cat\n")).toMatchObject({
      values: [0, 0, 0, 0],
      labels: [1],
    });
    expect(await read(TABLE, "a.csv", "1,2,3,4,cat\n")).toMatchObject({ values: [0, 0, 0, 0], labels: [1] });
    const first = smallModel({ ...NAMELESS.card, label: 0 });
    expect(await read(first, "a.csv", "cat,1,2,3,4\n")).toMatchObject({ values: [0, 0, 0, 0], labels: [1] });
    expect((await read(NAMELESS, "a.csv", "1,cat,2,3,4\n", { label: 1 })).labels).toEqual([1]);
  });

  test("that lacks a column of the model names it", async () => {
    expect(await refused(TABLE, "a.csv", "a,b,x,pet\n1,2,3,cat\n")).toMatchObject({ found: 'no "c", "d"' });
    expect((await refused(NAMELESS, "a.csv", "1,2,3\n")).expected).toContain("4 columns");
    expect((await refused(TABLE, "a.csv", "a,b,c,d\n1,2,3,4\n", { label: "pet" })).found).toBe("a, b, c, d");
  });

  test("with a class that the model does not know names line and classes", async () => {
    const fault = await refused(TABLE, "a.csv", "a,b,c,d,pet\n1,2,3,4,cat\n1,2,3,4,fish\n");
    expect(fault).toMatchObject({ line: 3, columnName: "pet", found: '"fish"' });
    expect(fault.expected).toContain("bird, cat, dog");
  });

  test("whose label column is empty throughout has no labels; empty in part, it is refused", async () => {
    expect((await read(TABLE, "a.csv", "a,b,c,d,pet\n1,2,3,4,\n1,2,3,4,\n")).labels).toBeUndefined();
    const fault = await refused(TABLE, "a.csv", "a,b,c,d,pet\n1,2,3,4,cat\n1,2,3,4,\n");
    expect(fault).toMatchObject({ line: 3, found: '""' });
    expect(await refused(TABLE, "a.csv", "a,b,c,d,pet\n1,2,3,4,\n1,2,3,4,cat\n")).toMatchObject({ line: 3 });
  });

  test("knows numbered classes in any spelling", async () => {
    const numbered = smallModel({ classNames: ["-1", "0", "10"] });
    expect((await read(numbered, "a.csv", "1,2,3,4,10.0\n1,2,3,4,0\n")).labels).toEqual([2, 1]);
  });

  test("with a missing value is refused, or filled with the mean that the model keeps", async () => {
    const csv = "a,b,c,d\n1,,3,8\n";
    expect(await refused(TABLE, "a.csv", csv)).toMatchObject({ line: 2, columnName: "b" });
    expect((await read(TABLE, "a.csv", csv, { missing: "mean" })).values).toEqual([0, 0, 0, 1]);
    const path = fileOf("a.csv", csv);
    const thrown = await readRows([path], LIGHT, { missing: "mean" }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UsageError);
  });

  test("of pixels is scaled as the model's bytes were", async () => {
    expect((await read(PIXELS, "a.csv", "0,51,102,255\n")).values).toEqual([0, 51, 102, 255].map(scaled));
  });
});

/** As the trainer's gather rounds: the scale first, then the product. */
function scaled(byte: number): number {
  return Math.fround(byte * Math.fround(1 / 255));
}

describe("arrays", () => {
  const floats = npyBytes({ shape: [2, 4], data: Float64Array.of(1, 2, 3, 4, 2, 4, 4, 8) });
  const bytes = npyBytes({ shape: [1, 2, 2], data: Uint8Array.of(0, 51, 102, 255) });

  test("of floats are standardized where the model is", async () => {
    expect((await read(NAMELESS, "a.npy", floats)).values).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  });

  test("of bytes are pixels: scaled for a model of bytes, from 0 to 1 for a model of light", async () => {
    expect((await read(PIXELS, "a.npy", bytes)).values).toEqual([0, 51, 102, 255].map(scaled));
    expect((await read(LIGHT, "a.npy", bytes)).values).toEqual([0, 51, 102, 255].map(scaled));
    const byteStatistics = { mean: [0, 51, 50, 55], std: [1, 1, 1, 100] };
    const standardized = smallModel({ imageShape: [2, 2], standardization: byteStatistics });
    expect((await read(standardized, "a.npy", bytes)).values).toEqual([0, 0, 52, 2]);
  });

  test("of floats are taken as scaled already beside a model of bytes", async () => {
    const light = npyBytes({ shape: [1, 4], data: Float32Array.of(0, 0.25, 0.5, 1) });
    expect((await read(PIXELS, "a.npy", light)).values).toEqual([0, 0.25, 0.5, 1]);
  });

  test("in one dimension are one row, without a number in its name", async () => {
    const one = await read(NAMELESS, "a.npy", npyBytes({ shape: [4], data: Float32Array.of(1, 2, 3, 4) }));
    expect(one).toMatchObject({ shape: [1, 4], names: [one.path] });
  });

  test("in an .npz are x with y, or x_test with y_test", async () => {
    const x = { shape: [2, 4], data: Float64Array.of(1, 2, 3, 4, 2, 4, 4, 8) };
    const y = { shape: [2, 1], data: BigInt64Array.of(2n, 0n) };
    for (const names of [
      ["x", "y"],
      ["x_test", "y_test"],
    ] as const) {
      const [xName, yName] = names;
      expect(
        await read(
          NAMELESS,
          "a.npz",
          npzBytes([
            [xName, x],
            [yName, y],
          ]),
        ),
      ).toMatchObject({
        values: [0, 0, 0, 0, 1, 1, 1, 1],
        labels: [2, 0],
      });
    }
    expect((await refused(NAMELESS, "a.npz", npzBytes([["z", x]]))).found).toBe("only z");
  });

  test("get their labels from another file", async () => {
    const labels = fileOf("y.npy", npyBytes({ shape: [2], data: Int32Array.of(1, 2) }));
    expect((await read(NAMELESS, "a.npy", floats, { labels })).labels).toEqual([1, 2]);
    const idx = fileOf("y", idxBytes(U8, [2], [0, 1]));
    expect((await read(NAMELESS, "a.npy", floats, { labels: idx })).labels).toEqual([0, 1]);
    const wrong = fileOf("y.npy", npyBytes({ shape: [2], data: Int32Array.of(1, 3) }));
    expect(await refused(NAMELESS, "a.npy", floats, { labels: wrong })).toMatchObject({ row: 1, found: "3" });
    const short = fileOf("y.npy", npyBytes({ shape: [1], data: Int32Array.of(1) }));
    expect((await refused(NAMELESS, "a.npy", floats, { labels: short })).expected).toContain("2 labels");
  });

  test("of IDX files are pixels", async () => {
    const idx = idxBytes(U8, [2, 2, 2], [0, 51, 102, 255, 255, 0, 0, 0]);
    expect((await read(PIXELS, "digits", idx)).values).toEqual([0, 51, 102, 255, 255, 0, 0, 0].map(scaled));
  });

  test("of another width, or with numbers that are not finite, are refused", async () => {
    const wide = npyBytes({ shape: [2, 5], data: new Float32Array(10) });
    expect(await refused(NAMELESS, "a.npy", wide)).toMatchObject({ found: "2 rows of 5 values" });
    const nan = npyBytes({ shape: [1, 4], data: Float32Array.of(1, 2, Number.NaN, 4) });
    expect(await refused(NAMELESS, "a.npy", nan)).toMatchObject({ row: 0, column: 2, found: "NaN" });
    const large = npyBytes({ shape: [1, 4], data: Float64Array.of(1, 2, 3, 1e300) });
    expect(await refused(NAMELESS, "a.npy", large)).toMatchObject({ column: 3, found: "1e+300" });
  });
});

describe("pictures", () => {
  const png = pngFile({ width: 2, height: 2 }, [
    [0, 51],
    [102, 255],
  ]);

  test("become rows of a model of pictures, in its size", async () => {
    const one = await read(PIXELS, "seven.png", png);
    expect(one).toMatchObject({ shape: [1, 4], names: [one.path], values: [0, 51, 102, 255].map(scaled) });
    const large = pngFile({ width: 4, height: 2 }, [
      [0, 0, 40, 60],
      [255, 255, 10, 10],
    ]);
    expect((await read(PIXELS, "seven.png", large)).values).toEqual([0, 50, 255, 10].map(scaled));
    const pgm = new TextEncoder().encode("P2 2 2 255 0 51 102 255");
    expect((await read(LIGHT, "seven.pgm", pgm, { invert: true })).values).toEqual(
      [255, 204, 153, 0].map(scaled),
    );
  });

  test("are refused by a model that knows none", async () => {
    expect((await refused(TABLE, "seven.png", png)).expected).toContain("not trained on pictures");
  });
});

test("several files are one batch, in their order; labels count only when all have them", async () => {
  const png = fileOf(
    "a.png",
    pngFile({ width: 2, height: 2 }, [
      [0, 255],
      [255, 0],
    ]),
  );
  const npy = fileOf("b.npy", npyBytes({ shape: [2, 4], data: new Uint8Array(8) }));
  const rows = await readRows([png, npy], PIXELS);
  expect([rows.x.shape, rows.names, rows.labels]).toEqual([[3, 4], [png, `${npy}:1`, `${npy}:2`], undefined]);
});

test("a float64 model gets float64 rows", async () => {
  const model = smallModel({ standardization: { mean: [0.1, 0, 0, 0], std: [3, 1, 1, 1] } }, 4, "float64");
  expect((await read(model, "a.csv", "0.3,0.1,0,0\n")).values.slice(0, 2)).toEqual([(0.3 - 0.1) / 3, 0.1]);
});

test("a file of another kind, no file, and labels for many files are refused", async () => {
  expect((await refused(TABLE, "a.txt", "hello")).found).toBe("something else, called .txt");
  expect((await refused(TABLE, "empty.csv", "")).found).toBe("an empty file");
  expect(faultOf(await readRows(["/no/such.csv"], TABLE).catch((error: unknown) => error)).found).toBe(
    "nothing at that path",
  );
  await expect(readRows([], TABLE)).rejects.toThrow(UsageError);
  await expect(readRows(["a.npy", "b.npy"], TABLE, { labels: "y.npy" })).rejects.toThrow(UsageError);
});
