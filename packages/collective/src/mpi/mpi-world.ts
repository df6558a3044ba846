// MPI's world over an open library: the few functions that are called, with the standard's C signatures.
import { MpiCallError } from "../errors.ts";
import type { Bytes, World } from "../world.ts";
import { abiOf } from "./abi.ts";
import type { NativeValue } from "./koffi.ts";
import type { OpenLibrary } from "./library.ts";
import { pendingCalls } from "./pending.ts";

/** MPI_THREAD_SERIALIZED: several threads call MPI, never two at a time. The same number in every library. */
const SERIALIZED = 2;
/** MPI_MAX_LIBRARY_VERSION_STRING of either family. */
const VERSION_BYTES = 8192;

/** A world, and what only the thread that starts it calls. */
export interface MpiWorld extends World {
  /** MPI_Init_thread; blocks until the launcher's other processes have come this far. */
  init(): void;
}

/** The world of a library that is loaded; `rank` and `size` are known once it is initialised. */
export function mpiWorld({ koffi, native, name }: OpenLibrary): MpiWorld {
  const abi = abiOf(native);
  const { handle, world, byte, inPlace } = abi;
  const call = (called: string, types: readonly string[]): ((...values: NativeValue[]) => void) => {
    const native_ = native.func(called, "int", types);
    return (...values) => {
      const code = Number(native_(...values));
      if (code !== 0) throw new MpiCallError(called, code);
    };
  };
  const at = (bytes: Bytes): bigint => koffi.address(bytes as Uint8Array<ArrayBuffer>);
  const address = "uintptr_t";
  const toAll = [address, "int", handle, address, "int", handle, handle];
  const barrier = call("MPI_Barrier", [handle]);
  const allgather = call("MPI_Allgather", toAll);
  const parts = [address, "int", handle, address, "int32_t *", "int32_t *", handle, handle];
  const allgatherv = call("MPI_Allgatherv", parts);
  const alltoall = call("MPI_Alltoall", toAll);
  const begun = [...toAll, "uint8_t *"];
  const iallgather = call("MPI_Iallgather", begun);
  const ialltoall = call("MPI_Ialltoall", begun);
  const pending = pendingCalls(call, abi);
  const bcast = call("MPI_Bcast", [address, "int", handle, "int", handle]);
  const abort = call("MPI_Abort", [handle, "int"]);
  const finalize = call("MPI_Finalize", []);
  const initThread = call("MPI_Init_thread", [address, address, "int", "int32_t *"]);
  const ask = (called: string): number => {
    const found = new Int32Array(1);
    call(called, [handle, "int32_t *"])(world, found);
    return found[0] ?? 0;
  };
  let asked: { readonly rank: number; readonly size: number } | undefined;
  const place = (): { readonly rank: number; readonly size: number } => {
    asked ??= { rank: ask("MPI_Comm_rank"), size: ask("MPI_Comm_size") };
    return asked;
  };
  return {
    address: { kind: "mpi", library: name },
    get rank() {
      return place().rank;
    },
    get size() {
      return place().size;
    },
    get library() {
      const text = new Uint8Array(VERSION_BYTES);
      const length = new Int32Array(1);
      call("MPI_Get_library_version", ["uint8_t *", "int32_t *"])(text, length);
      return new TextDecoder().decode(text.subarray(0, length[0])).replace(/\0+$/, "").trim();
    },
    init() {
      initThread(0n, 0n, SERIALIZED, new Int32Array(1));
    },
    barrier() {
      barrier(world);
    },
    allgather(sent, received) {
      allgather(at(sent), sent.length, byte, at(received), sent.length, byte, world);
    },
    allgatherParts(shared, counts, starts) {
      const [count, start] = [Int32Array.from(counts), Int32Array.from(starts)];
      allgatherv(inPlace, 0, byte, at(shared), count, start, byte, world);
    },
    alltoall(sent, received) {
      const length = sent.length / place().size;
      alltoall(at(sent), length, byte, at(received), length, byte, world);
    },
    startAllgather(sent, received) {
      return pending((request) =>
        iallgather(at(sent), sent.length, byte, at(received), sent.length, byte, world, request),
      );
    },
    startAlltoall(sent, received) {
      const length = sent.length / place().size;
      return pending((request) =>
        ialltoall(at(sent), length, byte, at(received), length, byte, world, request),
      );
    },
    bcast(shared, root) {
      bcast(at(shared), shared.length, byte, root, world);
    },
    abort(code) {
      abort(world, code);
    },
    finalize() {
      finalize();
    },
  };
}
