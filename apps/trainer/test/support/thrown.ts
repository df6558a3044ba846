// What a call throws, for tests that look at an error more closely than `toThrow` does.
import { DataError } from "../../src/errors.ts";

export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return new Error("nothing was thrown");
}

/** The fault that a call or a promise is refused with. */
export function faultOf(error: unknown): DataError["fault"] {
  if (!(error instanceof DataError)) throw new Error(`expected a DataError, found ${String(error)}`);
  return error.fault;
}
