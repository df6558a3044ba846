// How a process comes to its world: by the launcher that started it, or alone; and how its other threads get there too.
import { alone } from "./alone.ts";
import { MpiUnavailableError } from "./errors.ts";
import { type Environment, launchOf } from "./launch.ts";
import { loadKoffi } from "./mpi/koffi.ts";
import { findLibrary, load } from "./mpi/library.ts";
import { mpiWorld } from "./mpi/mpi-world.ts";
import type { World, WorldAddress } from "./world.ts";

/**
 * Initialises MPI where a launcher has started this process, once per process; nothing is loaded anywhere else.
 * @throws MpiUnavailableError when koffi or the library is missing, or is not the launcher's.
 * @throws CollectiveError for tasks of srun that have no MPI between them.
 */
export function joinWorld(env: Environment = process.env): World {
  const launch = launchOf(env);
  if (launch === undefined) return alone();
  const found = findLibrary(launch, env);
  const world = mpiWorld(found);
  world.init();
  if (launch.size !== undefined && world.size !== launch.size) {
    throw new MpiUnavailableError(
      `The launcher has started ${launch.size} processes, and ${found.name} knows of ${world.size}: it is another MPI than ` +
        "the launcher's. Point GRADLOOM_MPI to the file of the launcher's own library.",
    );
  }
  return world;
}

/** The world that this process has joined, for another of its threads. */
export function openWorld(address: WorldAddress): World {
  if (address.kind === "alone") return alone();
  const koffi = loadKoffi();
  return mpiWorld({ koffi, native: load(koffi, address.library), name: address.library });
}

/**
 * Ends the whole process from any of its threads, also when another one is stuck inside MPI: nothing is flushed, no
 * handler runs. SIGKILL where the C library's `_exit` cannot be called.
 */
export function exitAtOnce(address: WorldAddress, code: number): void {
  try {
    // A search in a library goes on in those that it needs: the C library is among them.
    if (address.kind === "mpi") load(loadKoffi(), address.library).func("_exit", "void", ["int"])(code);
  } finally {
    process.kill(process.pid, "SIGKILL");
  }
}
