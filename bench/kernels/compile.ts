// Compiles AssemblyScript with the kernels' own compiler and flags, for measurements that need code of their own.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const kernels = new URL("../../packages/kernels/", import.meta.url);
const FLAGS = [
  "-O3",
  "--noAssert",
  "--runtime",
  "stub",
  "--importMemory",
  "--zeroFilledMemory",
  "--enable",
  "simd",
];

export type Variant = "strict" | "relaxed";

interface Compiler {
  main(
    argv: readonly string[],
    host: {
      readFile(name: string, base: string): string | null;
      writeFile(name: string, contents: Uint8Array): void;
      listFiles(): null;
    },
  ): Promise<{ error: Error | null; stderr: { toString(): string } }>;
}

/** The WebAssembly of one source file; `sources` stand in for files that exist in memory only. */
export async function compile(
  entry: string,
  variant: Variant,
  sources: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const asc: Compiler = (await import(new URL("node_modules/assemblyscript/dist/asc.js", kernels).href))
    .default;
  let bytes: Uint8Array | undefined;
  const relaxed = variant === "relaxed" ? ["--enable", "relaxed-simd"] : [];
  const { error, stderr } = await asc.main(
    [entry, "--outFile", "out.wasm", "--baseDir", fileURLToPath(kernels), ...FLAGS, ...relaxed],
    {
      readFile(name, base) {
        if (Object.hasOwn(sources, name)) return sources[name];
        try {
          return readFileSync(`${base}/${name}`, "utf8");
        } catch {
          return null;
        }
      },
      writeFile: (_name, contents) => {
        bytes = contents;
      },
      listFiles: () => null,
    },
  );
  if (error !== null || bytes === undefined)
    throw new Error(`${entry} does not compile:\n${stderr}`, { cause: error });
  return bytes;
}
