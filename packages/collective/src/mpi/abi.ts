// What differs between MPI libraries: how the standard's handles and constants look in memory.
import type { NativeLibrary } from "./koffi.ts";

export interface Abi {
  readonly family: "openmpi" | "mpich";
  /** The C type of a handle. */
  readonly handle: "uintptr_t" | "int";
  readonly world: number | bigint;
  readonly byte: number | bigint;
  /** MPI_IN_PLACE, as an address. */
  readonly inPlace: bigint;
  /** MPI_STATUS_IGNORE, as an address. */
  readonly statusIgnore: bigint;
}

/** MPICH's mpi.h, which Intel MPI and MVAPICH share (the MPICH ABI compatibility initiative). */
const MPICH: Abi = {
  family: "mpich",
  handle: "int",
  world: 0x44000000,
  byte: 0x4c00010d,
  inPlace: 2n ** 64n - 1n,
  statusIgnore: 1n,
};

/** Open MPI's handles are the addresses of the library's own variables; others count as MPICH's kin. */
export function abiOf(library: NativeLibrary): Abi {
  const world = addressOf(library, "ompi_mpi_comm_world");
  const byte = addressOf(library, "ompi_mpi_byte");
  if (world === undefined || byte === undefined) return MPICH;
  return { family: "openmpi", handle: "uintptr_t", world, byte, inPlace: 1n, statusIgnore: 0n };
}

function addressOf(library: NativeLibrary, name: string): bigint | undefined {
  try {
    return BigInt(String(library.symbol(name)));
  } catch {
    return undefined;
  }
}
