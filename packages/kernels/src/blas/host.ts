// The little of Node that a native library needs, got without an import that browsers and bundlers would have to see.
import { UnsupportedError } from "../errors.ts";

export interface Host {
  /** `linux`, `darwin`, `win32` … */
  readonly platform: string;
  /** `x64`, `arm64` … */
  readonly arch: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The working folder. */
  readonly folder: string;
  readonly modules: { createRequire(from: string): (name: string) => unknown };
  readonly files: { readFileSync(path: string, encoding: "utf8"): string };
}

interface Process {
  readonly platform: string;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
  getBuiltinModule?(name: string): unknown;
}

/** @throws UnsupportedError in a browser, or in a Node older than 20.16. */
export function host(): Host {
  const process: Process | undefined = Reflect.get(globalThis, "process");
  const modules = process?.getBuiltinModule?.("node:module");
  const files = process?.getBuiltinModule?.("node:fs");
  if (process === undefined || modules === undefined || files === undefined) {
    throw new UnsupportedError(
      'The backend "blas" calls a native library, which takes Node 20.19 or later. ' +
        'Leave the backend to choice, or use createKernels({ backend: "wasm" }).',
    );
  }
  return {
    platform: process.platform,
    arch: process.arch,
    environment: process.env,
    folder: process.cwd(),
    modules: modules as Host["modules"],
    files: files as Host["files"],
  };
}
