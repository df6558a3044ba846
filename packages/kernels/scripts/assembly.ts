// The AssemblyScript compiler, as this package uses it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));

const BASE = [
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  "--importMemory",
  "--zeroFilledMemory",
  "--enable",
  "simd",
];
/** Fused multiply-adds. */
export const RELAXED: readonly string[] = ["--enable", "relaxed-simd"];
/** 65536 pages of 64 KiB are all that 32-bit addresses reach: any shared memory fits under this maximum. */
export const SHARED: readonly string[] = [
  "--sharedMemory",
  "--maximumMemory",
  "65536",
  "--enable",
  "threads",
];

/** The module that the flags make of a file of assembly/ and all it imports. @throws Error with the compiler's words. */
export async function compile(
  flags: readonly string[],
  entry = "index.ts",
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main(
    [`assembly/${entry}`, "--outFile", "kernels.wasm", "--baseDir", root, ...BASE, ...flags],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(`${base}/${name}`, "utf8");
        } catch {
          return null;
        }
      },
      writeFile: (_name, contents) => {
        bytes = contents as Uint8Array<ArrayBuffer>;
      },
      listFiles: () => null,
    },
  );
  if (error !== null || bytes === undefined) {
    throw new Error(`assembly/${entry} does not compile with ${flags.join(" ")}:\n${stderr.toString()}`, {
      cause: error,
    });
  }
  return bytes;
}
