// A world of one rank: no library, no waiting, every collective a copy at most.
import { CollectiveError } from "./errors.ts";
import type { Bytes, Pending, World } from "./world.ts";

/** The world of a process that nobody launched together with others. */
export function alone(): World {
  return {
    address: { kind: "alone" },
    rank: 0,
    size: 1,
    library: "",
    barrier() {},
    allgather: copy,
    allgatherParts() {},
    alltoall: copy,
    startAllgather: copied,
    startAlltoall: copied,
    bcast(_, root) {
      if (root !== 0) throw new CollectiveError(`bcast from rank ${root}: the only rank is 0.`);
    },
    abort() {},
    finalize() {},
  };
}

function copied(sent: Bytes, received: Bytes): Pending {
  copy(sent, received);
  return { test: () => true, wait() {} };
}

function copy(sent: Bytes, received: Bytes): void {
  if (sent.length !== received.length) {
    throw new CollectiveError(
      `one rank sends ${sent.length} bytes and there is room for ${received.length}: expected as many.`,
    );
  }
  received.set(sent);
}
