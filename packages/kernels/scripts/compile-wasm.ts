// Compiles assembly/ to WebAssembly, once per variant, into modules that hold the bytes as text.
//
// node scripts/compile-wasm.ts   writes src/generated/*.ts, which the build and the tests need and git does not keep.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { importingSharedMemory } from "../src/wasm/shared-memory.ts";
import { unpack } from "../src/wasm/unpack.ts";
import { pack } from "./pack.ts";

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

const VARIANTS = [
  { file: "strict", flags: [] },
  { file: "relaxed", flags: RELAXED },
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

const files = new Map<string, string>();
for (const { file, flags } of VARIANTS) {
  const bytes = await compile(flags);
  const text = pack(bytes);
  // What users' engines will make of the text must be what the compiler made, for both kinds of memory.
  const unpacked = unpack(text);
  if (!bytesEqual(unpacked, bytes))
    throw new Error(`${file}: unpacking does not give the packed bytes back.`);
  if (!bytesEqual(importingSharedMemory(unpacked), await compile([...flags, ...SHARED]))) {
    throw new Error(`${file}: the compiler's module for shared memory differs by more than its import.`);
  }
  files.set(
    `${generated}${file}.ts`,
    `// Written by scripts/compile-wasm.ts from assembly/: the ${file} module of ${bytes.length} bytes, packed.\n` +
      `export const packed: string = "${text}";\n`,
  );
}
// Only now, so that tests which run at the same time miss their modules for no longer than a moment.
rmSync(generated, { recursive: true, force: true });
mkdirSync(generated, { recursive: true });
for (const [path, text] of files) writeFileSync(path, text);

function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
