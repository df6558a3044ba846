// The fields of Protocol Buffers that an event needs, as bytes. Encoding: https://protobuf.dev/programming-guides/encoding

/** How a field's bytes are to be read: the low three bits of its tag. */
const WIRE = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

/** Fields one after another. */
export function message(...fields: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((length, field) => length + field.length, 0));
  let position = 0;
  for (const field of fields) {
    bytes.set(field, position);
    position += field.length;
  }
  return bytes;
}

/** An int64 from 0 to 2⁵³ − 1. */
export function wholeField(number: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(number * 8 + WIRE.varint), ...varint(value)]);
}

export function doubleField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return message(Uint8Array.from(varint(number * 8 + WIRE.fixed64)), bytes);
}

export function floatField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return message(Uint8Array.from(varint(number * 8 + WIRE.fixed32)), bytes);
}

/** A message within a message. */
export function bytesField(number: number, bytes: Uint8Array): Uint8Array {
  const head = Uint8Array.from([...varint(number * 8 + WIRE.lengthDelimited), ...varint(bytes.length)]);
  return message(head, bytes);
}

export function textField(number: number, text: string): Uint8Array {
  return bytesField(number, new TextEncoder().encode(text));
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
