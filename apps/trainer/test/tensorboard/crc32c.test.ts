// CRC-32C against the vectors that its standards publish.
import { expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "../../src/report/tensorboard/crc32c.ts";

const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);

// RFC 3720, appendix B.4, and the usual check value of "123456789".
test.each([
  ["no bytes", new Uint8Array(0), 0],
  ["123456789", new TextEncoder().encode("123456789"), 0xe3069283],
  ["32 zeros", new Uint8Array(32), 0x8a9136aa],
  ["32 times 0xFF", new Uint8Array(32).fill(0xff), 0x62a8ab43],
  ["0 to 31", ascending, 0x46dd794e],
  ["31 to 0", ascending.toReversed(), 0x113fdb5c],
])("CRC-32C of %s", (_, bytes, crc) => {
  expect(crc32c(bytes)).toBe(crc);
});

test("the mask is a rotation by 15 bits plus a constant", () => {
  // (0xe3069283 rotated right by 15 bits = 0x2507c60d) + 0xa282ead8
  expect(maskedCrc32c(new TextEncoder().encode("123456789"))).toBe(0xc78ab0e5);
});
