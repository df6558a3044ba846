// Opens a BLAS: the one that GRADLOOM_BLAS names, or the first of the usual ones that passes its test.
import { UnsupportedError } from "../errors.ts";
import type { LibraryFacts } from "../kernels.ts";
import { type TypedGemm, typedGemm } from "./calls.ts";
import { addressOf, fileOf, find, nameAndVersion } from "./facts.ts";
import { host } from "./host.ts";
import { type Koffi, loadKoffi, type NativeLibrary } from "./koffi.ts";
import { countsIn64Bits, faultOf } from "./self-test.ts";
import { setOneThread } from "./threads.ts";
import { howToInstall, usualNames } from "./usual-names.ts";

/** Names the library to use, as a file or as a name for the system's own search. */
const VARIABLE = "GRADLOOM_BLAS";

/** Names of the product in builds that this package does not call: with 64-bit counts, or under a prefix. */
const FOREIGN_NAMES = ["cblas_sgemm64_", "cblas_sgemm_64", "scipy_cblas_sgemm64_", "scipy_cblas_sgemm"];

/** A library that passed its test. */
export interface BlasLibrary {
  readonly facts: LibraryFacts;
  readonly float32: TypedGemm;
  readonly float64: TypedGemm;
  /** Where a memory begins that is never moved. */
  addressOf(buffer: ArrayBuffer | SharedArrayBuffer): number;
}

/** Why a name did not lead to a library. */
interface Refusal {
  readonly name: string;
  readonly reason: string;
  readonly cause: unknown;
}

const opened = new Map<string, BlasLibrary>();

/**
 * The library, opened and tested at the first call of a thread.
 * @throws UnsupportedError outside Node, without koffi, and when there is no library or none that passes; it says what
 *   to install, and what is wrong with those that were found.
 */
export function openBlas(): BlasLibrary {
  const { environment, platform } = host();
  const asked = environment[VARIABLE] ?? "";
  const known = opened.get(asked);
  if (known !== undefined) return known;
  const library = openFirst(loadKoffi(), asked === "" ? usualNames(platform) : [asked], asked, platform);
  opened.set(asked, library);
  return library;
}

/** The first of `names` that passes; `asked` is what the user named, or empty. @throws UnsupportedError if none does. */
export function openFirst(
  koffi: Koffi,
  names: readonly string[],
  asked: string,
  platform: string,
): BlasLibrary {
  const refused: Refusal[] = [];
  let missing: unknown;
  for (const name of names) {
    let library: NativeLibrary;
    try {
      library = koffi.load(name);
    } catch (cause) {
      missing = cause;
      continue;
    }
    try {
      const reason = faultOfNames(library) ?? (asked === "" ? faultOfLocks(library, name) : undefined);
      const found = reason ?? tested(library, name);
      if (typeof found !== "string") return { ...found, addressOf: (buffer) => addressOf(koffi, buffer) };
      refused.push({ name, reason: found, cause: undefined });
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      refused.push({ name, reason: `fails: ${message}`, cause });
    }
  }
  throw noLibrary(asked, platform, refused, missing);
}

// What is wrong with a library is said in words that follow its name.

function faultOfNames(library: NativeLibrary): string | undefined {
  if (find(library, "cblas_sgemm", "void") !== undefined) return undefined;
  const foreign = FOREIGN_NAMES.find((symbol) => find(library, symbol, "void") !== undefined);
  if (foreign === undefined) return "has no cblas_sgemm: it is not a BLAS with the C interface";
  const counts = foreign.includes("64") ? ", counting in 64 bits (ILP64)" : "";
  return `has no cblas_sgemm, only ${foreign}: it was built for one program's own use${counts}`;
}

/** Whether such a build has the locks that several callers need cannot be seen: who names it is believed to know. */
function faultOfLocks(library: NativeLibrary, name: string): string | undefined {
  const { version } = nameAndVersion(library, name);
  if (!version.includes("SINGLE_THREADED")) return undefined;
  return `may lack locks for several threads (${version}), and is used only if ${VARIABLE} names it`;
}

function tested(library: NativeLibrary, name: string): Omit<BlasLibrary, "addressOf"> | string {
  const { arch, files } = host();
  if (countsIn64Bits(library, arch)) return "counts in 64 bits (ILP64), where 32 bits (LP64) are needed";
  const threads = setOneThread(library);
  const [float32, float64] = [typedGemm(library, "float"), typedGemm(library, "double")];
  const fault =
    faultOf(float32, (length) => new Float32Array(length)) ??
    faultOf(float64, (length) => new Float64Array(length));
  if (fault !== undefined) return fault;
  const path = fileOf(library, name, "cblas_sgemm", () => files.readFileSync("/proc/self/maps", "utf8"));
  return { facts: { ...nameAndVersion(library, path), path, threads }, float32, float64 };
}

function noLibrary(
  asked: string,
  platform: string,
  refused: readonly Refusal[],
  missing: unknown,
): UnsupportedError {
  const install = howToInstall(platform);
  const point = `or point ${VARIABLE} to the file of one`;
  const list = refused.map(({ name, reason }) => `${name} ${reason}`).join("; ");
  const failed = asked === "" ? "no BLAS library was found" : `${VARIABLE}=${asked} does not load`;
  const unfit = asked === "" ? `no BLAS that was found can be used: ${list}` : `${VARIABLE}=${list}`;
  return new UnsupportedError(
    `The backend "blas": ${refused.length === 0 ? failed : unfit}. Install one (${install}), ${point}.`,
    { cause: refused.length === 0 ? missing : refused[0].cause },
  );
}
