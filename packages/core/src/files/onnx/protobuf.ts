// The part of Protocol Buffers that ONNX export needs: fields of whole numbers, text, bytes and messages.
// Encoding: https://protobuf.dev/programming-guides/encoding
import { encodeUtf8 } from "../utf8.ts";

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** A message: its fields one after another. */
export function message(...fields: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((length, field) => length + field.length, 0));
  let position = 0;
  for (const field of fields) {
    bytes.set(field, position);
    position += field.length;
  }
  return bytes;
}

/** A field that holds a whole number from 0 to 2⁵³ − 1. */
export function wholeField(number: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(number * 8 + VARINT), ...varint(value)]);
}

/** A field that holds a message or bytes. */
export function bytesField(number: number, bytes: Uint8Array): Uint8Array {
  const head = Uint8Array.from([...varint(number * 8 + LENGTH_DELIMITED), ...varint(bytes.length)]);
  return message(head, bytes);
}

export function textField(number: number, text: string): Uint8Array {
  return bytesField(number, encodeUtf8(text));
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}
