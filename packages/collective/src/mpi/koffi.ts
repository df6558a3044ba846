// koffi, the optional package that calls native functions: looked for only when a launcher has started this process.
import { createRequire } from "node:module";
import { MpiUnavailableError } from "../errors.ts";

export type NativeValue = number | bigint | Int32Array | Uint8Array | null;
export type NativeFunction = (...values: NativeValue[]) => unknown;

/** The little of koffi's interface that is used here. */
export interface NativeLibrary {
  /** @throws Error when the library has no function of this name. */
  func(name: string, result: string, parameters: readonly string[]): NativeFunction;
  /** The address of a function or a variable. @throws Error when there is none of this name. */
  symbol(name: string): unknown;
}

export interface Koffi {
  /** @throws Error with the system's words. */
  load(path: string, options?: { readonly global?: boolean }): NativeLibrary;
  /** Where an array's memory begins. */
  address(array: Uint8Array): bigint;
}

/**
 * koffi as the nearest of `places` has it installed: this package's own first, then the working folder's.
 * @throws MpiUnavailableError when it is not installed or does not load.
 */
export function loadKoffi(places: readonly string[] = [import.meta.url, `${process.cwd()}/`]): Koffi {
  let failure: unknown;
  for (const place of places) {
    try {
      return createRequire(place)("koffi") as Koffi;
    } catch (error) {
      // Installed, but broken, tells more than not there.
      if (failure === undefined || isMissing(failure)) failure = error;
    }
  }
  const what = failure === undefined || isMissing(failure) ? "is not installed" : "does not load here";
  throw new MpiUnavailableError(
    `A launcher has started this process as one of several, and MPI is called through the package koffi, which ${what}. ` +
      "Run: npm install koffi@3",
    { cause: failure },
  );
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, "code") === "MODULE_NOT_FOUND";
}
