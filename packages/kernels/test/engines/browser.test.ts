// Chromium, on a page and in a module worker, with and without cross-origin isolation: the bits that Node has.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launch } from "../../../../test/packages/chromium.ts";
import { STRICT_SHA256 } from "./strict-sha256.ts";

const program = chromiumPath();
const built = existsSync(new URL("../../dist/index.js", import.meta.url));
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const SERVERS: Readonly<Record<string, Record<string, string>>> = {
  plain: {},
  isolated: ISOLATED,
  "wasm only": { "Content-Security-Policy": "script-src 'self' 'wasm-unsafe-eval'" },
};

describe.skipIf(program === undefined || !built)("in Chromium", () => {
  const outDir = mkdtempSync(join(tmpdir(), "kernels-page-"));
  const servers = new Map<string, PreviewServer>();
  let browser: Browser;

  beforeAll(async () => {
    const common = {
      root: fileURLToPath(new URL(".", import.meta.url)),
      configFile: false,
      logLevel: "error",
      worker: { format: "es" },
    } as const;
    await build({ ...common, build: { target: "es2022", outDir, emptyOutDir: true } });
    for (const [name, headers] of Object.entries(SERVERS)) {
      const options = { ...common, build: { outDir }, preview: { port: 0, host: "127.0.0.1", headers } };
      servers.set(name, await preview(options));
    }
    browser = await launch(program ?? "");
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    for (const server of servers.values()) await server.close();
    rmSync(outDir, { recursive: true, force: true });
  });

  /** The title that the page ends up with. */
  async function answer(server: string, where: string): Promise<string> {
    const page = await browser.newPage();
    await page.goto(`${servers.get(server)?.resolvedUrls?.local[0]}#${where}`);
    await page.waitForFunction('document.title !== ""', undefined, { timeout: 30_000 });
    return await page.title();
  }

  test.each(["page", "worker"])("a %s gives the promised hash on memory of its own", async (where) => {
    expect(await answer("plain", where)).toBe(`false ${STRICT_SHA256}`);
  });

  test.each(["page", "worker"])("an isolated %s gives it on shared memory", async (where) => {
    expect(await answer("isolated", where)).toBe(`true ${STRICT_SHA256}`);
  });

  test("a policy without unsafe-eval stops ndarray, which compiles its views from text", async () => {
    expect(await answer("wasm only", "page")).toMatch(/EvalError|unsafe-eval/);
  });
});
