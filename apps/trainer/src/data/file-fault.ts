// Turns what the operating system says about a path into a DataError that a person understands.
import { DataError } from "../errors.ts";

const REASONS: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "nothing at that path"],
  ["ENOTDIR", "a file"],
  ["EISDIR", "a folder"],
  ["EACCES", "no permission to read it"],
  ["EPERM", "no permission to read it"],
  ["ERR_FS_FILE_TOO_LARGE", "a file of more than 2 GiB"],
]);

/** The error for a path that could not be read, with the system's own error as its cause. */
export function fileFault(file: string, expected: string, cure: string, cause: unknown): DataError {
  return new DataError({ file, expected, found: reason(cause), cure }, { cause });
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return REASONS.get("code" in cause ? cause.code : undefined) ?? cause.message;
}
