// What @gradloom/collective offers: a world of ranks, MPI's or one rank alone, and how a process finds out which.
export { alone } from "./alone.ts";
export { CollectiveError, MpiCallError, MpiUnavailableError } from "./errors.ts";
export { exitAtOnce, joinWorld, openWorld } from "./join.ts";
export { type Environment, type Launch, launchOf } from "./launch.ts";
export type { Bytes, Pending, World, WorldAddress } from "./world.ts";
