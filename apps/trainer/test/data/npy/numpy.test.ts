// NumPy reads what we write, with pickles forbidden, and we read what NumPy writes in all its ways.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readNpy } from "../../../src/data/npy/read-npy.ts";
import { readNpz } from "../../../src/data/npy/read-npz.ts";
import { npyBytes } from "../../../src/data/npy/write-npy.ts";
import { npzBytes } from "../../../src/data/npy/write-npz.ts";
import { folderOf } from "../../support/data-folder.ts";
import { hexBytes } from "../../support/idx-bytes.ts";
import { noNumpy, python } from "../../support/python.ts";
import { fileOf } from "../../support/temporary-file.ts";

const title = noNumpy === undefined ? "beside NumPy" : `beside NumPy (skipped: ${noNumpy})`;

const SHOW = `
import json, sys, numpy as np
loaded = np.load(sys.argv[1], allow_pickle=False)
arrays = {name: loaded[name] for name in loaded.files} if hasattr(loaded, "files") else {"": loaded}
print(json.dumps({n: [str(a.dtype), list(a.shape), a.ravel().tolist(), bool(a.flags.c_contiguous)] for n, a in arrays.items()}))
`;

const ARRAYS = [
  ["W1", { shape: [2, 3], data: Float32Array.of(1.5, -2, 0.1, 4, 5, 6) }],
  ["b1", { shape: [3], data: Float64Array.of(0.1, -0, 1e300) }],
  ["é/../x", { shape: [], data: Int32Array.of(-7) }],
  ["long", { shape: [1, 2], data: BigInt64Array.of(-1n, 2n ** 62n) }],
  ["none", { shape: [0, 5], data: new Uint8Array() }],
] as const;

test("a file of ours has the very bytes that numpy.save writes", () => {
  // numpy.save of numpy.array([[1.5, -2, 3], [4, 5, 6]], "<f4"), NumPy 2.4.6.
  const dict = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";
  const hex = "0000c03f000000c0000040400000804000" + "00a0400000c040";
  const header = `\x93NUMPY\x01\0v\0${dict.padEnd(117)}\n`;
  const expected = [...Array.from(header, (c) => c.charCodeAt(0)), ...hexBytes(hex)];
  const bytes = npyBytes({ shape: [2, 3], data: Float32Array.of(1.5, -2, 3, 4, 5, 6) });
  expect(Array.from(bytes)).toEqual(expected);
});

test("a shape that does not count the values, or a name that comes twice, is refused", () => {
  expect(() => npyBytes({ shape: [2, 2], data: Float32Array.of(1, 2, 3) })).toThrow(RangeError);
  expect(() => npyBytes({ shape: [-1, -1], data: Float32Array.of(1) })).toThrow(RangeError);
  const array = { shape: [1], data: Float32Array.of(1) };
  expect(() =>
    npzBytes([
      ["a", array],
      ["a", array],
    ]),
  ).toThrow(/two arrays are called "a"/);
});

test("what we write we read, to the bit", () => {
  const npz = readNpz(npzBytes(ARRAYS), "a.npz");
  expect(npz.names).toEqual(ARRAYS.map(([name]) => name));
  for (const [name, { shape, data }] of ARRAYS) {
    expect(npz.read(name)).toMatchObject({ shape, data });
    expect(readNpy(npyBytes({ shape, data }), "a.npy")).toMatchObject({ shape, data });
  }
  expect(npz.read("nothing")).toBeUndefined();
  expect(npz.read("__proto__")).toBeUndefined();
});

describe.skipIf(noNumpy !== undefined)(title, () => {
  test("NumPy loads our NPZ with its dtypes, shapes and values", () => {
    expect(python(SHOW, fileOf("a.npz", npzBytes(ARRAYS)))).toEqual({
      W1: ["float32", [2, 3], [1.5, -2, 0.10000000149011612, 4, 5, 6], true],
      b1: ["float64", [3], [0.1, -0, 1e300], true],
      "é/../x": ["int32", [], [-7], true],
      long: ["int64", [1, 2], [-1, 2 ** 62], true],
      none: ["uint8", [0, 5], [], true],
    });
  });

  test("NumPy loads our NPY", () => {
    const bytes = npyBytes({ shape: [2, 2], data: Uint16Array.of(1, 2, 3, 65535) });
    expect(python(SHOW, fileOf("a.npy", bytes))).toEqual({ "": ["uint16", [2, 2], [1, 2, 3, 65535], true] });
  });

  test("we load what NumPy saves: versions, orders, packed or not", () => {
    const folder = folderOf({});
    python(
      `
import sys, numpy as np
folder = sys.argv[1]
x = np.arange(24, dtype=">f4").reshape(2, 3, 4) / 7
for version in [(1, 0), (2, 0), (3, 0)]:
    with open(f"{folder}/v{version[0]}.npy", "wb") as f:
        np.lib.format.write_array(f, np.asfortranarray(x), version=version)
np.savez(f"{folder}/plain.npz", x=x, y=np.arange(5))
np.savez_compressed(f"{folder}/packed.npz", x=x, y=np.arange(5))
print(x.astype("f8").ravel().tolist())
`,
      folder,
    );
    const expected = Array.from({ length: 24 }, (_, i) => Math.fround(i / 7));
    for (const name of ["v1.npy", "v2.npy", "v3.npy"]) {
      const { shape, data } = readNpy(readFileSync(join(folder, name)), name);
      expect([shape, Array.from(data, Number)]).toEqual([[2, 3, 4], expected]);
    }
    for (const name of ["plain.npz", "packed.npz"]) {
      const npz = readNpz(readFileSync(join(folder, name)), name);
      expect(npz.names).toEqual(["x", "y"]);
      expect(Array.from(npz.read("x")?.data ?? [], Number)).toEqual(expected);
      expect(Array.from(npz.read("y")?.data ?? [], Number)).toEqual([0, 1, 2, 3, 4]);
    }
  });
});
