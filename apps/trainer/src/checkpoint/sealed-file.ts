// A seal over a whole safetensors file: any byte that changed afterwards is noticed, the header's too.
import { createHash } from "node:crypto";
import { CheckpointError } from "../errors.ts";

/** The metadata key; it has to be written first, so that its digits stand at a known place. */
export const SEAL_KEY = "sha256";
/** What the writer puts there before the seal is known. */
export const NO_SEAL: string = "0".repeat(64);

const LENGTH_BYTES = 8;
const LEAD = `{"__metadata__":{"${SEAL_KEY}":"`;
const SEAL_START = LENGTH_BYTES + LEAD.length;
const SEAL_END = SEAL_START + NO_SEAL.length;

/** Puts the SHA-256 of all bytes, taken while the seal's digits are zeros, into its place. */
export function seal(bytes: Uint8Array): void {
  if (textOf(bytes, LENGTH_BYTES, SEAL_END) !== LEAD + NO_SEAL) {
    throw new TypeError("the file does not begin with an empty seal");
  }
  bytes.set(Buffer.from(sealOf(bytes), "latin1"), SEAL_START);
}

/** @throws CheckpointError for bytes that were not sealed, were cut, or have changed since. */
export function requireSeal(bytes: Uint8Array, path: string): void {
  if (bytes.length < SEAL_END || textOf(bytes, LENGTH_BYTES, SEAL_START) !== LEAD) {
    throw new CheckpointError(path, "is no checkpoint of gradloom, or its beginning is damaged");
  }
  const found = textOf(bytes, SEAL_START, SEAL_END);
  const expected = sealOf(bytes);
  if (found === expected) return;
  throw new CheckpointError(
    path,
    `is damaged or incomplete: its ${bytes.length} bytes have SHA-256 ${expected.slice(0, 16)}…, and ${found.slice(0, 16).replace(/[^0-9a-f]/g, "?")}… is written in it`,
  );
}

function sealOf(bytes: Uint8Array): string {
  return createHash("sha256")
    .update(bytes.subarray(0, SEAL_START))
    .update(NO_SEAL)
    .update(bytes.subarray(SEAL_END))
    .digest("hex");
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1", from, to);
}
