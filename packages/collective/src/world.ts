// The contract: MPI's names for what ranks do together. Every rank calls the same methods in the same order.

/** Memory that is sent or filled in place: bytes, on any buffer, shared ones too. */
export type Bytes = Uint8Array<ArrayBuffer> | Uint8Array<SharedArrayBuffer>;

/** Where a world is found again from another thread of the same process: plain data, made to be sent there. */
export type WorldAddress =
  | { readonly kind: "alone" }
  /** The library's file, which the process has opened and initialised. */
  | { readonly kind: "mpi"; readonly library: string };

/** A collective under way. The memory that it was given is its own until it has come to its end. */
export interface Pending {
  /** Whether it has come to its end. Moves it on and does not block; libraries move bytes inside their own calls only. */
  test(): boolean;
  /** Returns when it has. */
  wait(): void;
}

/**
 * A group of processes. All methods but `abort` and those that start something block the calling thread until every rank
 * has called them; no two threads may call at a time, a pending collective's methods included. Ranks are taken to have one byte order.
 */
export interface World {
  readonly address: WorldAddress;
  /** Which of them this is, from 0. */
  readonly rank: number;
  /** How many there are. */
  readonly size: number;
  /** The library in its own words; empty for one rank alone. */
  readonly library: string;
  /** Returns when all ranks have called it. */
  barrier(): void;
  /** Part r of `received` ← what rank r sends. All send as many bytes; `received` has `size` times as many. */
  allgather(sent: Bytes, received: Bytes): void;
  /**
   * In place: rank r's bytes lie in `shared` from `starts[r]` on, `counts[r]` of them; afterwards all have all.
   * `counts` and `starts` are the same on every rank.
   */
  allgatherParts(shared: Bytes, counts: readonly number[], starts: readonly number[]): void;
  /** Part r of `received` ← part `rank` of what rank r sends. Both have `size` parts of equal length. */
  alltoall(sent: Bytes, received: Bytes): void;
  /** `allgather`, begun: every rank begins the same collectives in the same order. */
  startAllgather(sent: Bytes, received: Bytes): Pending;
  /** `alltoall`, begun: every rank begins the same collectives in the same order. */
  startAlltoall(sent: Bytes, received: Bytes): Pending;
  /** `shared` ← that of rank `root`, on every rank. */
  bcast(shared: Bytes, root: number): void;
  /** Ends every rank's process with this code, whatever it is doing. Does not return under MPI. */
  abort(code: number): void;
  /** The last call of all. Without it, launchers take the process for a failed one. */
  finalize(): void;
}
