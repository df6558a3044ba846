// Base64 to bytes, with nothing from the host: Buffer is Node's and atob is not typed without the DOM.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes that padded base64 text (RFC 4648, section 4) stands for. */
export function decodeBase64(text: string): Uint8Array {
  const values = new Uint8Array(128);
  for (let i = 0; i < 64; i++) values[ALPHABET.charCodeAt(i)] = i;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, at = 0; i < text.length; i += 4, at += 3) {
    const quad =
      (values[text.charCodeAt(i)] << 18) |
      (values[text.charCodeAt(i + 1)] << 12) |
      (values[text.charCodeAt(i + 2)] << 6) |
      values[text.charCodeAt(i + 3)];
    bytes[at] = quad >> 16;
    // Writes past the end are ignored by typed arrays: that is what padding stands for ("=" decodes as 0).
    bytes[at + 1] = quad >> 8;
    bytes[at + 2] = quad;
  }
  return bytes;
}
