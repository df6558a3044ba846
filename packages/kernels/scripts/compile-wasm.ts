// Compiles assembly/ to WebAssembly, once per variant and kind of memory, into modules that hold the bytes as text.
//
// node scripts/compile-wasm.ts   writes src/generated/*.ts, which the build and the tests need and git does not keep.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const generated = `${root}src/generated/`;

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
const RELAXED = ["--enable", "relaxed-simd"];
// 65536 pages of 64 KiB are all that 32-bit addresses reach: any shared memory fits under this maximum.
const SHARED = ["--sharedMemory", "--maximumMemory", "65536", "--enable", "threads"];

const MODULES = [
  { file: "strict", flags: [] },
  { file: "strict-shared", flags: SHARED },
  { file: "relaxed", flags: RELAXED },
  { file: "relaxed-shared", flags: [...RELAXED, ...SHARED] },
];

async function compile(flags: readonly string[]): Promise<Uint8Array> {
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ["assembly/index.ts", "--outFile", "kernels.wasm", "--baseDir", root, ...BASE, ...flags],
    {
      readFile: (name, base) => {
        try {
          return readFileSync(`${base}/${name}`, "utf8");
        } catch {
          return null;
        }
      },
      writeFile: (_name, contents) => {
        bytes = contents as Uint8Array;
      },
      listFiles: () => null,
    },
  );
  if (error !== null || bytes === undefined) {
    throw new Error(`assembly/ does not compile with ${flags.join(" ")}:\n${stderr.toString()}`, {
      cause: error,
    });
  }
  return bytes;
}

mkdirSync(generated, { recursive: true });
for (const { file, flags } of MODULES) {
  const bytes = await compile(flags);
  const text = Buffer.from(bytes).toString("base64");
  writeFileSync(
    `${generated}${file}.ts`,
    `// Written by scripts/compile-wasm.ts from assembly/: the ${file} module, ${bytes.length} bytes as base64.\n` +
      `export const bytes: string = "${text}";\n`,
  );
}
