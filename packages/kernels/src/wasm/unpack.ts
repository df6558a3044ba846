// The bytes of a packed module. Packing (scripts/pack.ts) makes the text of a module a fourth as long, and an engine
// reads all of a file's text when it is imported, needed or not.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * The bytes that a text of packed bytes stands for. The text is base64 without padding (RFC 4648, section 4, decoded
 * here because Buffer is Node's, and atob not typed without the DOM); its bytes are numbers of 7 bits a byte, the lowest
 * first: the length of the result, then by turns how many bytes follow as they are, those bytes, and how many bytes to
 * copy again from how far back.
 */
export function unpack(text: string): Uint8Array<ArrayBuffer> {
  const packed = decodeBase64(text);
  let from = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = packed[from++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const bytes = new Uint8Array(number());
  for (let at = 0; at < bytes.length; ) {
    const plain = number();
    bytes.set(packed.subarray(from, from + plain), at);
    from += plain;
    at += plain;
    if (at === bytes.length) break;
    const again = number();
    // What is copied may overlap what it makes: a short distance repeats a pattern. So byte by byte.
    for (let distance = number(), end = at + again; at < end; at++) bytes[at] = bytes[at - distance];
  }
  return bytes;
}

function decodeBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  for (let i = 0, at = 0; i < text.length; i += 4, at += 3) {
    // Past the end charCodeAt gives NaN and values[NaN] undefined, which count as 0.
    const quad =
      (values[text.charCodeAt(i)] << 18) |
      (values[text.charCodeAt(i + 1)] << 12) |
      (values[text.charCodeAt(i + 2)] << 6) |
      values[text.charCodeAt(i + 3)];
    bytes[at] = quad >> 16;
    // Writes past the end of a typed array are ignored.
    bytes[at + 1] = quad >> 8;
    bytes[at + 2] = quad;
  }
  return bytes;
}
