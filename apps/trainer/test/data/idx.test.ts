// IDX files: every type decodes to the numbers NumPy wrote, and every fault is named with its byte.
import { describe, expect, test } from "vitest";
import { parseIdx } from "../../src/data/idx.ts";
import { F32, F64, hexBytes, I8, I16, I32, idxBytes, U8 } from "../support/idx-bytes.ts";
import { faultOf, thrownBy } from "../support/thrown.ts";

const parse = (bytes: Uint8Array) => parseIdx(bytes, "digits.idx");
const refused = (bytes: Uint8Array) => faultOf(thrownBy(() => parse(bytes)));

describe("values", () => {
  // Bytes from numpy.array([...], dtype).tobytes() with dtypes >i2, >i4, >f4 and >f8.
  test.each([
    ["uint8", U8, "01fe7f", [1, 254, 127]],
    ["int8", I8, "01fe7f", [1, -2, 127]],
    ["int16", I16, "0001fffe7fff", [1, -2, 32767]],
    ["int32", I32, "00000001fffffffe7fffffff", [1, -2, 2147483647]],
    ["float32", F32, "3fc00000bdcccccd7f61b1e6", [1.5, -0.10000000149011612, 3.0000000054977558e38]],
    ["float64", F64, "3ff8000000000000bfb999999999999a7e37e43c8800759c", [1.5, -0.1, 1e300]],
  ])("%s is read big-endian", (dtype, type, hex, values) => {
    const idx = parse(idxBytes(type, [3], hexBytes(hex)));
    expect({ ...idx, data: Array.from(idx.data) }).toEqual({
      file: "digits.idx",
      dtype,
      shape: [3],
      data: values,
    });
  });

  test("uint8 values are a view of the file, not a copy", () => {
    const bytes = idxBytes(U8, [2, 2], [1, 2, 3, 4]);
    const { data, shape } = parse(bytes);
    expect(shape).toEqual([2, 2]);
    bytes[12] = 99;
    expect(Array.from(data)).toEqual([99, 2, 3, 4]);
    expect(data.buffer).toBe(bytes.buffer);
  });

  test("a file that starts inside a larger buffer is read from its own start", () => {
    const padded = Uint8Array.from([7, 7, 7, ...idxBytes(F32, [1], hexBytes("3fc00000")), 7]);
    expect(Array.from(parse(padded.subarray(3, padded.length - 1)).data)).toEqual([1.5]);
  });

  test("a size of 0 means no values", () => {
    expect(parse(idxBytes(F64, [3, 0, 2], [])).data).toHaveLength(0);
  });
});

describe("faults", () => {
  const whole = idxBytes(U8, [2, 3], [1, 2, 3, 4, 5, 6]);

  test.each([
    ["first byte", 0, 0],
    ["second byte", 1, 1],
    ["unknown type", 2, 2],
    ["rank 0", 3, 3],
  ])("a wrong start is named with its byte: %s", (_, position, offset) => {
    const bytes = whole.slice();
    bytes[position] = position === 3 ? 0 : 0x77;
    const fault = refused(bytes);
    expect(fault.offset).toBe(offset);
    expect(fault.file).toBe("digits.idx");
    expect(fault.found).toContain(position === 3 ? "00 00 08 00" : "77");
  });

  test("a type code that the format leaves out is refused", () => {
    expect(refused(idxBytes(0x0a, [1], [1])).offset).toBe(2);
  });

  test("a gzip file is told apart and the cure is to unpack it", () => {
    const fault = refused(Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0]));
    expect(fault.found).toContain("gzip");
    expect(fault.cure).toContain("gunzip");
  });

  test("a file cut short names both lengths and the byte where it ends", () => {
    const fault = refused(whole.subarray(0, 15));
    expect(fault).toMatchObject({ offset: 15, found: "15 bytes" });
    expect(fault.expected).toContain("18 bytes in all");
    expect(fault.expected).toContain("2×3 values of uint8");
  });

  test("bytes after the values are refused", () => {
    expect(refused(Uint8Array.from([...whole, 0]))).toMatchObject({ offset: 18, found: "19 bytes" });
  });

  test("an empty file says so", () => {
    expect(refused(new Uint8Array()).found).toBe("an empty file");
  });

  test.each([
    [[0x80000000]],
    [[0xffffffff, 0xffffffff, 0xffffffff]],
    [Array.from({ length: 255 }, () => 0xffffffff)],
  ])("sizes that no memory holds are refused by the file's length, before anything is allocated", (shape) => {
    const before = process.memoryUsage().arrayBuffers;
    expect(refused(idxBytes(F64, shape, [1, 2, 3])).expected).toContain("bytes in all");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  test("a 0 among sizes whose product is infinite still means no values", () => {
    const shape = [...Array.from({ length: 200 }, () => 0xffffffff), 0];
    expect(parse(idxBytes(U8, shape, [])).data).toHaveLength(0);
  });
});
