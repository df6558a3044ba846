// NPY files: every type decodes to the numbers NumPy wrote, and every fault is named with its byte.
import { describe, expect, test } from "vitest";
import { readNpy } from "../../../src/data/npy/read-npy.ts";
import { hexBytes } from "../../support/idx-bytes.ts";
import { npyDict, npyFile } from "../../support/npy-bytes.ts";
import { faultOf, thrownBy } from "../../support/thrown.ts";

const read = (bytes: Uint8Array) => readNpy(bytes, "x.npy");
const refused = (bytes: Uint8Array) => faultOf(thrownBy(() => read(bytes)));

describe("values", () => {
  // Bytes from numpy.array([...], dtype).tobytes(), NumPy 2.4.6.
  test.each([
    ["|b1", "000101", [0, 1, 1]],
    ["|i1", "01fe03", [1, -2, 3]],
    ["|u1", "010203", [1, 2, 3]],
    ["<i2", "0100feff0300", [1, -2, 3]],
    [">i2", "0001fffe0003", [1, -2, 3]],
    ["<u2", "010002000300", [1, 2, 3]],
    [">u2", "000100020003", [1, 2, 3]],
    ["<i4", "01000000feffffff03000000", [1, -2, 3]],
    [">i4", "00000001fffffffe00000003", [1, -2, 3]],
    ["<u4", "010000000200000003000000", [1, 2, 3]],
    ["<i8", "0100000000000000feffffffffffffff0300000000000000", [1, -2, 3]],
    [">i8", "0000000000000001fffffffffffffffe0000000000000003", [1, -2, 3]],
    ["<u8", "010000000000000002000000000000000300000000000000", [1, 2, 3]],
    ["<f2", "003e00c0662e", [1.5, -2, 0.0999755859375]],
    [">f2", "3e00c0002e66", [1.5, -2, 0.0999755859375]],
    ["<f4", "0000c03f000000c0cdcccc3d", [1.5, -2, 0.10000000149011612]],
    [">f4", "3fc00000c00000003dcccccd", [1.5, -2, 0.10000000149011612]],
    ["<f8", "000000000000f83f00000000000000c09a9999999999b93f", [1.5, -2, 0.1]],
    [">f8", "3ff8000000000000c0000000000000003fb999999999999a", [1.5, -2, 0.1]],
  ])("of %s are NumPy's", (descr, hex, values) => {
    const bytes = npyFile(npyDict(descr, "(3,)"), hexBytes(hex));
    const before = bytes.slice();
    const { data, shape } = read(bytes);
    expect(shape).toEqual([3]);
    expect(Array.from(data, Number)).toEqual(values);
    expect(bytes).toEqual(before);
  });

  test("of float16 are NumPy's at every edge of the type", () => {
    const hex = "000000800100ff03ff7b007c00fc007e5435";
    expect(Array.from(read(npyFile(npyDict("<f2", "(9,)"), hexBytes(hex))).data, Number)).toEqual([
      0,
      -0,
      2 ** -24,
      1023 * 2 ** -24,
      65504,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
      0.3330078125,
    ]);
  });

  test("are a view of the file where they can be, and right at an odd place in memory", () => {
    const bytes = npyFile(npyDict("<f4", "(1,)"), hexBytes("0000c03f"));
    expect(read(bytes).data.buffer).toBe(bytes.buffer);
    const odd = Uint8Array.from([7, ...bytes, 7]).subarray(1, bytes.length + 1);
    expect(Array.from(read(odd).data, Number)).toEqual([1.5]);
  });

  test("in column order are turned into row order", () => {
    // numpy.asfortranarray(numpy.arange(6).reshape(2, 3)) holds 0 3 1 4 2 5.
    const matrix = read(npyFile(npyDict("|u1", "(2, 3)", true), [0, 3, 1, 4, 2, 5]));
    expect([matrix.shape, Array.from(matrix.data, Number)]).toEqual([
      [2, 3],
      [0, 1, 2, 3, 4, 5],
    ]);
    // numpy.arange(8).reshape(2, 2, 2).tobytes("F")
    const cube = read(npyFile(npyDict("|u1", "(2, 2, 2)", true), [0, 4, 2, 6, 1, 5, 3, 7]));
    expect(Array.from(cube.data, Number)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("may be none, or one", () => {
    expect(read(npyFile(npyDict("<f8", "(0, 4)"), []))).toMatchObject({ shape: [0, 4] });
    expect(read(npyFile(npyDict("|u1", "()"), [5]))).toMatchObject({ shape: [], data: Uint8Array.of(5) });
  });
});

describe("headers", () => {
  const payload = [1, 2];

  test.each([1, 2, 3])("of version %i are read", (version) => {
    expect(read(npyFile(npyDict("|u1", "(2,)"), payload, version)).shape).toEqual([2]);
  });

  test.each([
    "{'shape': (2,), 'fortran_order': False, 'descr': '|u1'}",
    '{"descr": "|u1", "fortran_order": False, "shape": (2L,), }',
    "  { 'descr' : '|u1' , 'fortran_order':False,'shape':( 2 , ) }  ",
  ])("in another order or spelling are read: %s", (dict) => {
    expect(read(npyFile(dict, payload)).shape).toEqual([2]);
  });

  test.each([
    ["no dict", "[1, 2]"],
    ["a key twice", "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2,)}"],
    ["an unknown key", "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'x': '1'}"],
    ["a missing key", "{'descr': '|u1', 'shape': (2,)}"],
    ["a shape that is no tuple", "{'descr': '|u1', 'fortran_order': False, 'shape': (2)}"],
    ["a negative size", "{'descr': '|u1', 'fortran_order': False, 'shape': (-2,)}"],
    ["a call", "{'descr': '|u1', 'fortran_order': False, 'shape': exit(), }"],
    ["a prototype", "{'__proto__': '|u1', 'fortran_order': False, 'shape': (2,)}"],
    ["fields", "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}"],
  ])("with %s are refused", (_, dict) => {
    expect(refused(npyFile(dict, payload))).toMatchObject({ file: "x.npy", offset: 10 });
  });

  test("of pickled objects are refused with the reason", () => {
    const fault = refused(npyFile(npyDict("|O", "(2,)"), payload));
    expect(fault.found).toContain("pickled");
    expect(fault.cure).toContain("run code");
  });

  test.each(["<U3", "<M8[s]", "<c8", "<f16", "|V2", "|S4", "<u1x"])("of the type %s are refused", (descr) => {
    expect(refused(npyFile(npyDict(descr, "(2,)"), payload)).found).toContain(descr);
  });

  test("of another magic or version are refused with the byte", () => {
    const bytes = npyFile(npyDict("|u1", "(2,)"), payload);
    for (const at of [0, 5, 6]) {
      const wrong = bytes.slice();
      wrong[at] = 0x77;
      expect(refused(wrong).offset).toBe(at);
    }
    expect(refused(new Uint8Array()).found).toBe("an empty file");
  });

  test("with sizes that no memory holds are refused by the file's length, before anything is allocated", () => {
    const before = process.memoryUsage().arrayBuffers;
    for (const shape of ["(9007199254740993,)", "(4294967296, 4294967296)", `(${"9".repeat(400)},)`]) {
      expect(refused(npyFile(npyDict("<f8", shape), payload)).expected).toContain("bytes in all");
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  test("that claim to be long are refused", () => {
    const bytes = npyFile(npyDict("|u1", "(2,)"), payload, 2);
    bytes.set([255, 255, 255, 255], 8);
    expect(refused(bytes)).toMatchObject({ offset: 8, found: "4294967295 bytes" });
  });
});

test("a file cut short or with more behind it names both lengths", () => {
  const bytes = npyFile(npyDict("<f4", "(2,)"), [1, 2, 3, 4, 5, 6, 7]);
  expect(refused(bytes)).toMatchObject({ offset: bytes.length, found: `${bytes.length} bytes` });
  const long = npyFile(npyDict("|u1", "(2,)"), [1, 2, 3]);
  expect(refused(long)).toMatchObject({ offset: long.length - 1 });
});
