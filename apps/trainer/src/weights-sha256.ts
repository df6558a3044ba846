// The fingerprint of a net: SHA-256 over W1 b1 W2 b2 … as stored (row by row, little-endian), without padding.
import { createHash } from "node:crypto";
import { type ParameterLayout, windows } from "@gradloom/core";
import type { Tensor } from "@gradloom/kernels";

/** In hexadecimal. Equal weights of one dtype give equal fingerprints, on any machine. */
export function weightsSha256(layout: ParameterLayout, parameters: Tensor): string {
  const hash = createHash("sha256");
  for (const { data, offset, size } of Object.values(windows(layout, parameters))) {
    // A window is contiguous, so its elements are its bytes.
    hash.update(
      new Uint8Array(
        data.buffer,
        data.byteOffset + offset * data.BYTES_PER_ELEMENT,
        size * data.BYTES_PER_ELEMENT,
      ),
    );
  }
  return hash.digest("hex");
}
