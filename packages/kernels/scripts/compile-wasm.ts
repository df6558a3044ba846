// Compiles assembly/ to WebAssembly, once per variant, into modules that hold the bytes as text.
//
// node scripts/compile-wasm.ts   writes src/generated/*.ts, which the build and the tests need and git does not keep.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { unpack } from "../src/wasm/unpack.ts";
import { compile, RELAXED } from "./assembly.ts";
import { pack } from "./pack.ts";

const generated = fileURLToPath(new URL("../src/generated/", import.meta.url));

const VARIANTS = [
  { file: "strict", flags: [] },
  { file: "relaxed", flags: RELAXED },
];

const files = new Map<string, string>();
for (const { file, flags } of VARIANTS) {
  const bytes = await compile(flags);
  const text = pack(bytes);
  // What users' engines will make of the text must be what the compiler made.
  if (Buffer.compare(unpack(text), bytes) !== 0) {
    throw new Error(`${file}: unpacking does not give the packed bytes back.`);
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
