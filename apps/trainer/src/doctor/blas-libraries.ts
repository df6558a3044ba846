// Looks for BLAS libraries by their file names in the usual places; none is opened.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../report/terminal.ts";
import type { Library } from "./machine.ts";

const NAMES: readonly { readonly name: string; readonly file: RegExp }[] = [
  { name: "OpenBLAS", file: /^libopenblas[\w-]*\.(so(\.\d+)*|\d*\.?dylib|dll)$/ },
  { name: "MKL", file: /^(libmkl_rt|mkl_rt)[.\d]*\.(so(\.\d+)*|dylib|dll)$/ },
  { name: "BLIS", file: /^libblis[\w-]*\.(so(\.\d+)*|\d*\.?dylib|dll)$/ },
];

/** On macOS there is no file since version 11: the loader has it in a cache of its own, but the folder is there. */
const ACCELERATE = "/System/Library/Frameworks/Accelerate.framework";

const UNIX_FOLDERS = [
  ...["/usr/local/lib", "/usr/lib", "/usr/lib64", "/lib", "/usr/local/lib64", "/opt/homebrew/lib"],
  ...["/opt/homebrew/opt/openblas/lib", "/usr/local/opt/openblas/lib", "/opt/intel/oneapi/mkl/latest/lib"],
];
/** Debian and its like keep libraries one folder deeper, by machine type. */
const MULTIARCH = /-linux-(gnu|musl)/;

/** One of each kind, the first that is found; `LD_LIBRARY_PATH` and its like on other systems go first. */
export function blasLibraries(
  env: Environment,
  folders: readonly string[] = UNIX_FOLDERS,
): readonly Library[] {
  const asked = [env.LD_LIBRARY_PATH, env.DYLD_LIBRARY_PATH, env.MKLROOT && join(env.MKLROOT, "lib")];
  const all = [...asked.flatMap((list) => (list ?? "").split(":")), ...folders].filter(
    (folder) => folder !== "",
  );
  const deeper = all.flatMap((folder) =>
    filesOf(folder)
      .filter((name) => MULTIARCH.test(name))
      .map((name) => join(folder, name)),
  );
  const files = [...all, ...deeper].flatMap((folder) => filesOf(folder).map((file) => ({ folder, file })));
  const found = NAMES.flatMap(({ name, file: pattern }): readonly Library[] => {
    const library = files.find(({ file }) => pattern.test(file));
    return library === undefined ? [] : [{ name, path: join(library.folder, library.file) }];
  });
  return existsSync(ACCELERATE) ? [{ name: "Accelerate", path: ACCELERATE }, ...found] : found;
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
