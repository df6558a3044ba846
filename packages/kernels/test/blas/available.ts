// Whether this machine has a BLAS to test with, and if not, why: said once in the output, so that a skip is not silent.
import { openBlas } from "../../src/blas/library.ts";
import { UnsupportedError } from "../../src/errors.ts";

function reason(): string | undefined {
  try {
    openBlas();
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedError) return error.message;
    throw error;
  }
}

/** Why the backend `blas` cannot run here; undefined where it can. */
export const unavailable: string | undefined = reason();

/** Says in the output that a file's tests are skipped, if they are. */
export function tellIfSkipped(what: string): void {
  if (unavailable !== undefined) process.stderr.write(`SKIPPED: ${what}, because ${unavailable}\n`);
}
