// NPZ files that lie: about sizes, places, names or checksums. Nothing is unpacked beyond what the file promises.
import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readNpz } from "../../../src/data/npy/read-npz.ts";
import { npzBytes } from "../../../src/data/npy/write-npz.ts";
import { npyDict, npyFile } from "../../support/npy-bytes.ts";
import { faultOf, thrownBy } from "../../support/thrown.ts";
import { zipFile } from "../../support/zip-bytes.ts";

const content = npyFile(npyDict("|u1", "(4,)"), [1, 2, 3, 4]);
const packed = deflateRawSync(content);
const refused = (bytes: Uint8Array) => faultOf(thrownBy(() => readNpz(bytes, "a.npz").read("x")));

test("a packed entry is read", () => {
  const bytes = zipFile([{ name: "x.npy", method: 8, body: packed, content }]);
  expect(Array.from(readNpz(bytes, "a.npz").read("x")?.data ?? [], Number)).toEqual([1, 2, 3, 4]);
});

test("names are names, whatever they look like", () => {
  const body = { method: 0, body: content, content };
  const bytes = zipFile([
    { name: "../../etc/passwd.npy", ...body },
    { name: "/abs.npy", ...body },
    { name: "readme.txt", ...body },
  ]);
  expect(readNpz(bytes, "a.npz").names).toEqual(["../../etc/passwd", "/abs"]);
});

describe("is refused:", () => {
  test("a bomb that unpacks to more than its directory says", () => {
    const bomb = deflateRawSync(new Uint8Array(50_000_000));
    const before = process.memoryUsage().arrayBuffers;
    const fault = refused(zipFile([{ name: "x.npy", method: 8, body: bomb, content }]));
    expect(fault.expected).toContain(`packed to ${content.length} bytes`);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2_000_000);
  });

  test("a size that no packing reaches", () => {
    const bytes = zipFile([{ name: "x.npy", method: 8, body: packed, content, size: 4_000_000_000 }]);
    expect(refused(bytes).found).toContain("too few");
  });

  test.each([
    ["another checksum", { crc: 1 }, "00000001"],
    ["a smaller size", { size: content.length - 1 }, `of ${content.length - 1} bytes`],
    ["a larger size", { size: content.length + 1 }, `of ${content.length + 1} bytes`],
    ["an unknown method", { method: 12 }, "stored or deflated"],
    ["more packed bytes than there are", { packed: 100_000 }, "100000 bytes"],
    ["encryption", { flags: 1 }, "without encryption"],
    ["a place beyond the file", { offset: 99_999 }, "the start of"],
  ])("%s", (_, wrong, expected) => {
    const bytes = zipFile([{ name: "x.npy", method: 8, body: packed, content, ...wrong }]);
    expect(refused(bytes)).toMatchObject({ file: "a.npz", expected: expect.stringContaining(expected) });
  });

  test("a name that comes twice", () => {
    const entry = { name: "x.npy", method: 0, body: content, content };
    expect(refused(zipFile([entry, entry])).found).toContain("twice");
  });

  test("a file that is no ZIP file, or has no end", () => {
    expect(refused(new Uint8Array()).found).toContain("no ZIP");
    const bytes = npzBytes([["x", { shape: [1], data: Float32Array.of(1) }]]);
    expect(refused(bytes.subarray(0, bytes.length - 1)).found).toContain("cut short");
  });

  test("a ZIP64 file", () => {
    const bytes = npzBytes([["x", { shape: [1], data: Float32Array.of(1) }]]);
    bytes.fill(255, bytes.length - 6, bytes.length - 2);
    expect(refused(bytes).found).toBe("a ZIP64 one");
  });
});
