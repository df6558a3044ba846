// TensorBoard's events as bytes; field numbers are those of event.proto and summary.proto.
// https://github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto
import { bytesField, doubleField, floatField, message, textField, wholeField } from "./protobuf.ts";

/** Some numbers at one step of a run. */
export interface ScalarEvent {
  /** Seconds since 1970, from the caller's clock. */
  readonly wallTime: number;
  /** What the x axis counts, a whole number from 0. */
  readonly step: number;
  /** Tag → value; kept as float32. */
  readonly scalars: Readonly<Record<string, number>>;
}

const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const SUMMARY = { value: 1 } as const;
const VALUE = { tag: 1, simpleValue: 2 } as const;

/** The event that every file begins with. */
export function versionEvent(wallTime: number): Uint8Array {
  return message(doubleField(EVENT.wallTime, wallTime), textField(EVENT.fileVersion, "brain.Event:2"));
}

export function scalarEvent({ wallTime, step, scalars }: ScalarEvent): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) =>
    bytesField(SUMMARY.value, message(textField(VALUE.tag, tag), floatField(VALUE.simpleValue, value))),
  );
  return message(
    doubleField(EVENT.wallTime, wallTime),
    wholeField(EVENT.step, step),
    bytesField(EVENT.summary, message(...values)),
  );
}

/** The step of an event that this file made; undefined for the version event, which has none. */
export function stepOf(event: Uint8Array): number | undefined {
  const afterWallTime = 9;
  if (event[afterWallTime] !== EVENT.step * 8) return undefined;
  let [value, unit] = [0, 1];
  for (let i = afterWallTime + 1; i < event.length; i++, unit *= 0x80) {
    value += (event[i] % 0x80) * unit;
    if (event[i] < 0x80) break;
  }
  return value;
}
