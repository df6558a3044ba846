// Has the pool under test start its threads from the one file that bundle.ts makes, and not from the sources one by one.
import { fileURLToPath } from "node:url";
import type { Plugin } from "vitest/config";
import { MAPPED_WORKER } from "./files.ts";

const POOL = fileURLToPath(new URL("../../src/parallel/pool.ts", import.meta.url)).replaceAll("\\", "/");
const WORKER = 'import.meta.resolve("#worker")';

/** @throws Error while it transforms the pool, when that does not name its workers as it did: they would be the sources. */
export function bundledWorker(): Plugin {
  return {
    name: "bundled-worker",
    enforce: "pre",
    transform(code, id) {
      if (id !== POOL) return null;
      if (!code.includes(WORKER)) throw new Error(`${POOL} has no ${WORKER} for the tests to replace.`);
      return { code: code.replace(WORKER, JSON.stringify(MAPPED_WORKER.href)), map: null };
    },
  };
}
