// What it costs to sum a vector over P ranks: Thakur, Rabenseifner and Gropp, "Optimization of Collective Communication
// Operations in MPICH" (2005). P is a power of two.
import { type Network, SECONDS_PER_ADDED_BYTE } from "./network.ts";

/** Alltoall of slices, a sum, allgather of slices: what gradloom does. A ring costs as much. In seconds. */
export function sliceExchange(ranks: number, bytes: number, network: Network): number {
  return latencyTerms(ranks, network) + bandwidthTerms(ranks, bytes, network);
}

/** Recursive halving and doubling: the same bytes in fewer messages. In seconds. */
export function rabenseifner(ranks: number, bytes: number, network: Network): number {
  return 2 * Math.log2(ranks) * network.latency + bandwidthTerms(ranks, bytes, network);
}

/** Every rank sends its gradient to one server, which sends the sum back to each: for comparison. In seconds. */
export function centralServer(ranks: number, bytes: number, { latency, perByte }: Network): number {
  return 2 * latency + ranks * bytes * (2 * perByte + SECONDS_PER_ADDED_BYTE);
}

/** The time that remains with infinitely many ranks, but for the messages' own. */
export function leastExchange(bytes: number, { perByte }: Network): number {
  return bytes * (2 * perByte + SECONDS_PER_ADDED_BYTE);
}

/** What the messages of that exchange take beside their bytes. In seconds. */
export function latencyTerms(ranks: number, { latency }: Network): number {
  return 2 * (ranks - 1) * latency;
}

/** What its bytes take, on the way and to be added. In seconds. */
export function bandwidthTerms(ranks: number, bytes: number, { perByte }: Network): number {
  return ((ranks - 1) / ranks) * bytes * (2 * perByte + SECONDS_PER_ADDED_BYTE);
}
