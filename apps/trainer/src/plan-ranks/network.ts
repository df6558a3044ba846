// A network between machines as two numbers: what a message costs, and what a byte costs.
import { UsageError } from "../errors.ts";

export interface Network {
  readonly name: string;
  /** α: seconds that a message takes beside its bytes. */
  readonly latency: number;
  /** β: seconds a byte takes. */
  readonly perByte: number;
}

/** What TCP over Ethernet leaves for the data: 1448 of the 1538 bytes of a full frame on the wire, rounded. */
const PAYLOAD = 0.94;
/** α of TCP between two machines in one room, assumed: a ping there takes about twice that. */
export const USUAL_LATENCY = 30e-6;
/** What is between machines unless somebody says otherwise. */
export const USUAL_NETWORK = "10gbit";
/** γ: seconds to add a byte of one gradient to another, at 4 GB/s. */
export const SECONDS_PER_ADDED_BYTE: number = 1 / 4e9;

/**
 * `10gbit`, `1gbit`, `100mbit`, `2.5gbit` …
 * @throws UsageError for anything else.
 */
export function networkOf(name: string, latency: number = USUAL_LATENCY): Network {
  const [, amount, unit] = /^([0-9]+(?:\.[0-9]+)?)([gm])bit$/i.exec(name) ?? [];
  const bits = Number(amount) * (unit?.toLowerCase() === "g" ? 1e9 : 1e6);
  if (amount === undefined || bits <= 0) {
    throw new UsageError(`--net ${JSON.stringify(name)}: expected a rate such as 10gbit, 1gbit or 100mbit.`);
  }
  return { name, latency, perByte: 8 / (bits * PAYLOAD) };
}
