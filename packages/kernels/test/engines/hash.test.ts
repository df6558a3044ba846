// The promise of the strict variant: one SHA-256 of a fixed set of results, on every backend with those bits and every Node.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { machineNode } from "../../../../test/machine-node/machine-node.ts";
import * as api from "../../src/index.ts";
import { strictHash } from "./strict-results.mjs";
import { STRICT_SHA256 } from "./strict-sha256.ts";

test("the reference's plain loops give the promised hash", async () => {
  expect(await strictHash(api, { backend: "reference" })).toBe(STRICT_SHA256);
});

test("strict WebAssembly gives the promised hash, on unshared and on shared memory", async () => {
  expect(await strictHash(api, { backend: "wasm" })).toBe(STRICT_SHA256);
  const arena = api.Arena.create({ byteLength: 2 ** 26, shared: true });
  expect(await strictHash(api, { backend: "wasm", arena })).toBe(STRICT_SHA256);
});

test("the fused variant does not: the hash would notice", async () => {
  expect(await strictHash(api, { backend: "wasm-relaxed" })).not.toBe(STRICT_SHA256);
});

const built = existsSync(new URL("../../dist/index.js", import.meta.url));
const own = machineNode();

describe.skipIf(!built || own === undefined)(
  `the built package on the machine's own Node ${own?.version}`,
  () => {
    const printed = (backend: string): string => {
      const script = fileURLToPath(new URL("./print-hash.mjs", import.meta.url));
      const env = { ...process.env, NODE_OPTIONS: "" };
      return execFileSync(own?.path ?? "", [script, backend], { encoding: "utf8", env }).trim();
    };

    test("gives the promised hash", () => {
      expect(printed("wasm")).toBe(STRICT_SHA256);
    });

    test("runs the fused variant too, also where Node keeps relaxed SIMD behind a flag", () => {
      expect(printed("wasm-relaxed")).toMatch(/^[0-9a-f]{64}$/);
    });
  },
);
