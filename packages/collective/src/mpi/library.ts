// Opens an MPI library: the one that GRADLOOM_MPI names, or the launcher's usual ones, the likeliest first.
import { MpiUnavailableError } from "../errors.ts";
import type { Environment, Launch } from "../launch.ts";
import { type Koffi, loadKoffi, type NativeLibrary } from "./koffi.ts";

/** Names the library to use, as a file or as a name for the system's own search. */
const VARIABLE = "GRADLOOM_MPI";

const NAMES = {
  openmpi: ["libmpi.so.40", "libmpi.so", "libmpi.dylib"],
  mpich: ["libmpich.so.12", "libmpi.so.12", "libmpich.dylib"],
} as const;

export interface OpenLibrary {
  readonly koffi: Koffi;
  readonly native: NativeLibrary;
  /** What it was opened by. */
  readonly name: string;
}

/** @throws MpiUnavailableError that says what to install. */
export function findLibrary(launch: Launch, env: Environment): OpenLibrary {
  const koffi = loadKoffi();
  const asked = env[VARIABLE] ?? "";
  const { openmpi, mpich } = NAMES;
  const usual = launch.family === "openmpi" ? [...openmpi, ...mpich] : [...mpich, ...openmpi];
  let failure: unknown;
  for (const name of asked === "" ? usual : [asked]) {
    try {
      const native = load(koffi, name);
      native.symbol("MPI_Init_thread");
      return { koffi, native, name };
    } catch (error) {
      failure ??= error;
    }
  }
  const what =
    asked === "" ? "no MPI library was found" : `${VARIABLE}=${asked} is no MPI library that loads here`;
  throw new MpiUnavailableError(
    `A launcher has started this process as one of several, and ${what}. Install the launcher's own (Debian: ` +
      `libopenmpi3 or libmpich12) on every machine, or point ${VARIABLE} to its file.`,
    { cause: failure },
  );
}

/** Global, because Open MPI loads parts of its own that look for the library's symbols. */
export function load(koffi: Koffi, name: string): NativeLibrary {
  return koffi.load(name, { global: true });
}
