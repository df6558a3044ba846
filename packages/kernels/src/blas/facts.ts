// Whose library it is and in which version: told by the functions that each maker adds to CBLAS.
import type { Koffi, NativeFunction, NativeLibrary } from "./koffi.ts";

/** The most that MKL writes of its version. */
const VERSION_BYTES = 198;

/** A function that not every library has. */
export function find(
  library: NativeLibrary,
  name: string,
  result: string,
  parameters: readonly string[] = [],
): NativeFunction | undefined {
  try {
    return library.func(name, result, parameters);
  } catch {
    return undefined;
  }
}

/** The maker, and the version in the library's own words; empty where it has none. */
export function nameAndVersion(library: NativeLibrary, path: string): { name: string; version: string } {
  const openblas = find(library, "openblas_get_config", "const char *");
  if (openblas !== undefined) return { name: "OpenBLAS", version: String(openblas()).trim() };
  const mkl = find(library, "MKL_Get_Version_String", "void", ["uint8_t *", "int"]);
  if (mkl !== undefined) {
    const text = new Uint8Array(VERSION_BYTES);
    mkl(text, text.length);
    return { name: "MKL", version: String.fromCharCode(...text.filter((byte) => byte !== 0)).trim() };
  }
  const blis = find(library, "bli_info_get_version_str", "const char *");
  if (blis !== undefined) return { name: "BLIS", version: String(blis()) };
  return { name: path.includes("Accelerate.framework") ? "Accelerate" : "CBLAS", version: "" };
}

/**
 * The file that the system's search found for `name`, told by the memory that holds `symbol`. Where the system does not
 * say (anywhere but in Linux), `name` itself.
 */
export function fileOf(
  library: NativeLibrary,
  name: string,
  symbol: string,
  memoryMap: () => string,
): string {
  try {
    const at = BigInt(String(library.symbol(symbol)));
    for (const line of memoryMap().split("\n")) {
      const [, from, to, file] = /^([0-9a-f]+)-([0-9a-f]+) .{4} \S+ \S+ \S+ +(\/.*)$/.exec(line) ?? [];
      if (file !== undefined && at >= BigInt(`0x${from}`) && at < BigInt(`0x${to}`)) return file;
    }
  } catch {
    // No such map here: the name has to do.
  }
  return name;
}

/** The address of a memory that is never moved, such as a WebAssembly memory that does not grow. */
export function addressOf(koffi: Koffi, buffer: ArrayBuffer | SharedArrayBuffer): number {
  return Number(koffi.address(new Uint8Array(buffer as ArrayBuffer)));
}
