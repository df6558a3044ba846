// koffi, the optional package that calls native functions: looked for when a BLAS is asked for, and in Node only.
import { UnsupportedError } from "../errors.ts";
import type { FloatArray } from "../tensor.ts";
import { type Host, host } from "./host.ts";

/** What a native function is given: numbers, addresses, and arrays whose memory it then reads or writes in place. */
export type NativeValue = number | bigint | FloatArray | Uint8Array;
export type NativeFunction = (...values: NativeValue[]) => unknown;

/** A loaded library; the little of koffi's interface that is used here. */
export interface NativeLibrary {
  /** @throws Error when the library has no function of this name. */
  func(name: string, result: string, parameters: readonly string[]): NativeFunction;
  /** The address of a function or a variable. @throws Error when there is none of this name. */
  symbol(name: string): unknown;
}

export interface Koffi {
  /** `path` is a file, or a name for the system's own search. @throws Error with the system's words. */
  load(path: string): NativeLibrary;
  /** Where an array's memory begins. */
  address(array: Uint8Array): bigint;
}

/**
 * koffi as the nearest of `places` (files and folders) has it installed: by default this package's own dependency, then
 * whatever the working folder has, for a program that was installed elsewhere.
 * @throws UnsupportedError outside Node, or when koffi is not installed or does not load.
 */
export function loadKoffi(places: readonly string[] = usualPlaces(host())): Koffi {
  const { createRequire } = host().modules;
  const failures: unknown[] = [];
  for (const place of places) {
    try {
      return createRequire(place)("koffi") as Koffi;
    } catch (error) {
      failures.push(error);
    }
  }
  // Installed, but broken, tells more than not there.
  const cause = failures.find((error) => !isMissing(error)) ?? failures[0];
  const what = cause === undefined || isMissing(cause) ? "is not installed" : "does not load here";
  throw new UnsupportedError(
    `The backend "blas" calls the machine's BLAS through the package koffi, which ${what}. ` +
      "Run: npm install koffi@3",
    { cause },
  );
}

function usualPlaces({ folder }: Host): string[] {
  const here: unknown = Reflect.get(import.meta, "url");
  return [...(typeof here === "string" ? [here] : []), `${folder}/`];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && Reflect.get(error, "code") === "MODULE_NOT_FOUND";
}
