// Damaged and hostile files of every format: the answer is data, or a DataError that says what is wrong; nothing else.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCsv } from "../../src/data/csv/load-csv.ts";
import { loadNpz } from "../../src/data/npy/load-arrays.ts";
import { readNpy } from "../../src/data/npy/read-npy.ts";
import { npyBytes } from "../../src/data/npy/write-npy.ts";
import { npzBytes } from "../../src/data/npy/write-npz.ts";
import { readIdx } from "../../src/data/read-idx.ts";
import { readPgm } from "../../src/data/rows/images/read-pgm.ts";
import { readPng } from "../../src/data/rows/images/read-png.ts";
import { modelBytes, readModel } from "../../src/model/model-file.ts";
import { damaged, type Reader, tryAll, tryPrefixes } from "../support/hostile.ts";
import { F32, idxBytes } from "../support/idx-bytes.ts";
import { npyDict, npyFile } from "../support/npy-bytes.ts";
import { pngFile } from "../support/png-bytes.ts";
import { smallModel } from "../support/small-model.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const x = { shape: [4, 3], data: Float32Array.from({ length: 12 }, (_, i) => i / 3) };
const card = {
  columnNames: ["a", "b", "c", "__proto__"],
  standardization: { mean: [1, 2, 3, 4], std: [1, 2, 3, 4] },
};
const model = smallModel(card);

interface Format {
  readonly name: string;
  readonly read: Reader;
  readonly whole: Uint8Array;
  /** How many beginnings are files of their own: a CSV file may end behind any letter of a record's last field. */
  readonly rightPrefixes: number;
  /** Whether damage that no reader can notice exists, such as another number. */
  readonly hasHarmless: boolean;
}

const CSV = encode('a,"b ""x""",kind\r\n1,2.5,cat\n-3e2,"4",dog\n5,6,"c\nat"\n');

const FORMATS: readonly Format[] = [
  { name: "CSV", read: (b) => loadCsv(b, "a.csv"), whole: CSV, rightPrefixes: 9, hasHarmless: true },
  {
    name: "CSV with gaps",
    read: (b) => loadCsv(b, "a.csv", { missing: "mean", header: false }),
    whole: encode("1,,a\n?,2,b\n"),
    rightPrefixes: 3,
    hasHarmless: true,
  },
  { name: "NPY", read: (b) => readNpy(b, "a.npy"), whole: npyBytes(x), rightPrefixes: 0, hasHarmless: true },
  {
    name: "NPZ",
    read: (b) => loadNpz(b, "a.npz"),
    whole: npzBytes([
      ["x", x],
      ["y", { shape: [4], data: Int32Array.of(0, 1, 0, 1) }],
    ]),
    rightPrefixes: 0,
    hasHarmless: true,
  },
  {
    name: "packed IDX",
    read: (b) => readIdx(b, "a.gz"),
    whole: gzipSync(
      idxBytes(
        F32,
        [2, 2],
        Array.from({ length: 16 }, (_, i) => i),
      ),
    ),
    rightPrefixes: 0,
    hasHarmless: true,
  },
  {
    name: "PNG",
    read: (b) => readPng(b, "a.png", false),
    whole: pngFile({ width: 2, height: 2 }, [
      [1, 2],
      [3, 4],
    ]),
    rightPrefixes: 0,
    hasHarmless: false,
  },
  {
    name: "PGM",
    read: (b) => readPgm(b, "a.pgm", false),
    whole: encode("P2 # c\n2 2 15\n1 2 3 4"),
    rightPrefixes: 0,
    hasHarmless: true,
  },
  {
    name: "model",
    read: (b) => readModel(b, "a.safetensors"),
    whole: modelBytes(model.net, model.card),
    rightPrefixes: 0,
    hasHarmless: true,
  },
];

describe.each(FORMATS)("$name", ({ read, whole, rightPrefixes, hasHarmless }) => {
  test("is read whole, and no beginning of it is taken for the whole", async () => {
    await read(whole);
    expect((await tryPrefixes(read, whole)).read).toBe(rightPrefixes);
  });

  test("damaged anywhere is read as something else or refused", async () => {
    const counts = await tryAll(read, damaged(whole), 1500);
    expect(counts.refused).toBeGreaterThan(100);
    if (hasHarmless) expect(counts.read).toBeGreaterThan(10);
  });

  test("of random bytes is refused or read", async () => {
    await tryAll(read, fc.uint8Array({ maxLength: 200 }), 300);
    const start = fc.nat(16).map((n) => whole.subarray(0, n));
    const behindStart = fc
      .tuple(start, fc.uint8Array({ maxLength: 100 }))
      .map(([a, b]) => Uint8Array.from([...a, ...b]));
    await tryAll(read, behindStart, 300);
  });
});

test("text of CSV's own letters is read or refused", async () => {
  const letters = fc.constantFrom(...'a1.,"\n\r -eE+?\ufeff');
  const texts = fc.array(letters, { maxLength: 60 }).map((list) => encode(list.join("")));
  for (const missing of ["refuse", "mean", "drop"] as const) {
    const counts = await tryAll((bytes) => loadCsv(bytes, "a.csv", { missing }), texts, 1000);
    expect(counts.refused).toBeGreaterThan(100);
  }
  expect(
    (await tryAll((bytes) => loadCsv(bytes, "a.csv", { header: false, missing: "mean" }), texts, 1000)).read,
  ).toBeGreaterThan(5);
});

test("NPY headers of hostile sizes and words are refused", async () => {
  const size = fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 70n }),
    fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 63n, 2n ** 64n),
  );
  const shape = fc.array(size, { minLength: 1, maxLength: 5 }).map((sizes) => `(${sizes.join(", ")},)`);
  const descr = fc.constantFrom("<f8", "|O", "<f4", "|u1", ">i8", "__proto__", "|S1000000000", "<U99999");
  const files = fc.tuple(descr, shape).map(([d, s]) => npyFile(npyDict(d, s), [1, 2, 3, 4, 5, 6, 7, 8]));
  const counts = await tryAll((bytes) => readNpy(bytes, "a.npy"), files, 1000);
  expect(counts.refused).toBeGreaterThan(500);
});

test("metadata of a model that is any JSON is taken or refused", async () => {
  const keys = fc.constantFrom("classes", "columns", "label", "image_shape", "standardization", "scale");
  const cards = fc.dictionary(keys, fc.oneof(fc.json(), fc.string()), { noNullPrototype: true });
  const { saveModel } = await import("@gradloom/core");
  const files = cards.map((metadata) => {
    try {
      return saveModel(model.net, metadata);
    } catch {
      // Half a surrogate pair is no text for any file.
      return saveModel(model.net);
    }
  });
  const counts = await tryAll((bytes) => readModel(bytes, "a.safetensors"), files, 1000);
  expect(counts.refused).toBeGreaterThan(300);
});
