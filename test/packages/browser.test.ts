// The packed kernels and core, bundled by Vite and run in Chromium: on a page and in a module worker the examples of their
// READMEs print the READMEs' numbers.
import { type Browser, chromium } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { snippets } from "../docs/snippets.ts";
import { chromiumPath, launch } from "./chromium.ts";
import { type Consumer, consumer } from "./consumer.ts";

const program = chromiumPath();
const missing =
  program === undefined ? ": skipped, no Chromium on this machine (set CHROMIUM or install it)" : "";

/** The first example of core's page, and that of the kernels' that is for browsers. */
const EXAMPLES = {
  core: snippets().find(({ document }) => document === "packages/core/README.md"),
  kernels: snippets().find(
    ({ document, code }) =>
      document === "packages/kernels/README.md" && code.includes("kernels.softmax(scores)"),
  ),
};

// What the example prints goes to the page's `printed`, from wherever it runs.
const PAGE = `
  globalThis.printed = [];
  const show = (line) => printed.push(line);
  const [where, example] = location.hash.slice(1).split("-");
  if (where === "worker") {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => show(data);
    worker.postMessage(example);
  } else {
    console.log = (...values) => show(values.join(" "));
    await (example === "core" ? import("./core.ts") : import("./kernels.ts"));
  }`;
const WORKER = `
  console.log = (...values) => postMessage(values.join(" "));
  onmessage = ({ data }) => void (data === "core" ? import("./core.ts") : import("./kernels.ts"));`;

describe.skipIf(program === undefined)(`in Chromium${missing}`, () => {
  let project: Consumer;
  let browser: Browser;
  let server: PreviewServer;

  beforeAll(async () => {
    project = await consumer();
    await project.write("index.html", '<!doctype html><script type="module" src="./page.ts"></script>');
    await project.write("page.ts", PAGE);
    await project.write("worker.ts", WORKER);
    for (const [name, example] of Object.entries(EXAMPLES)) {
      await project.write(`${name}.ts`, example?.code ?? "");
    }
    const common = {
      root: project.folder,
      configFile: false,
      logLevel: "error",
      worker: { format: "es" },
    } as const;
    await build({ ...common, build: { target: "es2022" } });
    server = await preview({ ...common, preview: { port: 0, host: "127.0.0.1" } });
    browser = await launch(program ?? "");
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await project?.remove();
  });

  test.each([
    ["page", "core"],
    ["page", "kernels"],
    ["worker", "core"],
    ["worker", "kernels"],
  ] as const)("in a %s the example of %s prints its numbers", async (where, name) => {
    const page = await browser.newPage();
    const errors: unknown[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(`${server.resolvedUrls?.local[0]}#${where}-${name}`);
    const expected = EXAMPLES[name]?.output ?? "";
    expect(expected).not.toBe("");
    const done = `globalThis.printed?.length >= ${expected.split("\n").length}`;
    // Functions of the page, as text: this program knows no DOM.
    await page.waitForFunction(done, undefined, { timeout: 20_000 });
    expect(await page.evaluate("printed.join('\\n')")).toBe(expected);
    expect(errors).toEqual([]);
  });

  test("it is a real browser that ran it", () => {
    expect(chromium.name()).toBe("chromium");
    expect(browser.version()).toMatch(/^\d+\./);
  });
});
