// Says before a run starts whether its memory can be had: an engine or a system that runs out later kills without a word.
import { UsageError } from "../errors.ts";

/** WebAssembly addresses 32 bits. */
const MOST_BYTES = 2 ** 32;
const CURE = "Use fewer rows (--limit), a smaller batch (--batch-size) or fewer hidden neurons (--hidden).";

/** @throws UsageError naming what is needed, what there is, and the cure. */
export function checkMemory(byteLength: number, available: number = process.availableMemory()): void {
  if (byteLength > MOST_BYTES) {
    throw new UsageError(
      `This run needs ${gib(byteLength)} of shared memory, and WebAssembly addresses at most ${gib(MOST_BYTES)}. ${CURE}`,
    );
  }
  if (byteLength > available) {
    throw new UsageError(
      `This run needs ${gib(byteLength)} of shared memory, and the system has ${gib(available)} left. ${CURE}`,
    );
  }
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}
