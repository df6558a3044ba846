// Packed IDX files unpack to what their own header promises, or are refused.
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readIdx } from "../../src/data/read-idx.ts";
import { idxBytes, U8 } from "../support/idx-bytes.ts";
import { faultOf } from "../support/thrown.ts";

const PLAIN = idxBytes(
  U8,
  [100, 100],
  Array.from({ length: 10_000 }, (_, i) => (i * 7) % 251),
);
const refused = async (bytes: Uint8Array) =>
  faultOf(await readIdx(bytes, "a.gz").catch((error: unknown) => error));

test("a packed file is read as the plain one", async () => {
  const { data, shape } = await readIdx(gzipSync(PLAIN), "a.gz");
  expect([shape, data]).toEqual([[100, 100], PLAIN.subarray(12)]);
  expect((await readIdx(PLAIN, "a")).data).toEqual(data);
});

test("a file of several gzip members is read whole", async () => {
  const bytes = Buffer.concat([gzipSync(PLAIN.subarray(0, 5000)), gzipSync(PLAIN.subarray(5000))]);
  expect((await readIdx(bytes, "a.gz")).data).toHaveLength(10_000);
});

test("a bomb is refused when it becomes longer than its header says", async () => {
  const bomb = gzipSync(Buffer.concat([idxBytes(U8, [2, 2], [1, 2, 3, 4]), Buffer.alloc(200_000_000)]));
  const before = process.memoryUsage().arrayBuffers;
  expect(await refused(bomb)).toMatchObject({
    expected: "at most 16 bytes once unpacked, as its header says",
  });
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
});

test("a header that promises more than so few bytes can hold is refused before unpacking", async () => {
  const fault = await refused(gzipSync(idxBytes(U8, [60_000, 784], [1, 2, 3])));
  expect(fault.found).toContain("too few");
});

test("less than promised is refused with both lengths", async () => {
  const fault = await refused(gzipSync(PLAIN.subarray(0, 9000)));
  expect(fault).toMatchObject({ offset: 9000, found: "9000 bytes" });
});

test("every prefix, and a flipped bit anywhere, is refused or unpacks to the same", async () => {
  const small = gzipSync(idxBytes(U8, [3], [1, 2, 3]));
  for (let n = 0; n < small.length; n++) await refused(small.subarray(0, n));
  for (let at = 0; at < small.length; at++) {
    const bytes = Buffer.from(small);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    const result = await readIdx(bytes, "a.gz").catch((error: unknown) => faultOf(error));
    // Some bits say nothing about the content, such as the time in gzip's own header.
    if ("data" in result) expect(Array.from(result.data)).toEqual([1, 2, 3]);
  }
});
