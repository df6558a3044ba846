// What a worker throws when it leaves because of others. The main thread reports the first cause, never these alone.

/** Somebody aborted the run: another worker failed, or the main thread asked for it. */
export class RunAbortedError extends Error {
  override readonly name = "RunAbortedError";
  constructor() {
    super("left the barrier because the run was aborted");
  }
}

/** The other ranks did not come to the barrier in time. */
export class BarrierTimeoutError extends Error {
  override readonly name = "BarrierTimeoutError";
  constructor(deadlineMs: number, worldSize: number) {
    super(`waited ${deadlineMs} ms at a barrier of ${worldSize} workers and not all came`);
  }
}
