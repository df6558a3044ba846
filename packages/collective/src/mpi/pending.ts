// Collectives that MPI has begun and not ended: each is known by a request, which the library fills in and clears.
import type { Pending } from "../world.ts";
import type { Abi } from "./abi.ts";
import type { NativeValue } from "./koffi.ts";

/** Binds a function of the library that returns MPI's error code. */
type Bind = (called: string, types: readonly string[]) => (...values: NativeValue[]) => void;

/** How a collective is begun: `start` is given the memory for its request. */
export function pendingCalls(
  bind: Bind,
  { handle, statusIgnore }: Abi,
): (start: (request: Uint8Array) => void) => Pending {
  const testRequest = bind("MPI_Test", ["uint8_t *", "int32_t *", "uintptr_t"]);
  const waitRequest = bind("MPI_Wait", ["uint8_t *", "uintptr_t"]);
  const requestBytes = handle === "int" ? 4 : 8;
  return (start) => {
    const request = new Uint8Array(requestBytes);
    const done = new Int32Array(1);
    start(request);
    // A request that has come to its end is cleared; to ask for it again is allowed, and finds it ended.
    return {
      test() {
        testRequest(request, done, statusIgnore);
        return done[0] !== 0;
      },
      wait() {
        waitRequest(request, statusIgnore);
      },
    };
  };
}
