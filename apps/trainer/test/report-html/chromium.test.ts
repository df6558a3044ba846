// The report in a real browser: nothing in the console, no request, no sideways scrolling, no accessibility fault.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults, RunOptions } from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launch } from "../../../../test/packages/chromium.ts";
import { collectReport } from "../../src/report/html/collect.ts";
import { reportHtml } from "../../src/report/html/report-html.ts";
import { history, PICTURES, sampleRun, TABLE, timings } from "./sample-runs.ts";

const program = chromiumPath();
const missing =
  program === undefined ? ": skipped, no Chromium on this machine (set CHROMIUM or install it)" : "";

const long = "a name without any space ".replaceAll(" ", "-").repeat(12);
const PAGES = {
  pictures: sampleRun(PICTURES),
  table: sampleRun(TABLE),
  "long names and 26 classes": {
    ...sampleRun({
      name: long,
      classes: 26,
      rows: 120,
      description: { classNames: Array.from({ length: 26 }, (_, k) => `${k}-${long}`) },
    }),
    history: history(100),
    timings: timings(100),
    config: { [long]: long },
  },
  "many classes": sampleRun({ classes: 200, rows: 800 }),
};

declare global {
  var axe: { run(options?: RunOptions): Promise<AxeResults> };
}

describe.skipIf(program === undefined)(`in Chromium${missing}`, () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gradloom-report-"));
    for (const [name, input] of Object.entries(PAGES)) {
      writeFileSync(join(folder, `${name}.html`), reportHtml(collectReport(input)));
    }
    browser = await launch(program ?? "");
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  async function opened(name: string, options: Parameters<Browser["newPage"]>[0]): Promise<[Page, string[]]> {
    const page = await browser.newPage(options);
    const heard: string[] = [];
    page.on("console", (message) => heard.push(message.text()));
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith("data:") && !request.isNavigationRequest()) heard.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
    return [page, heard];
  }

  describe.each(Object.keys(PAGES))("%s", (name) => {
    test("is quiet, asks for nothing, has its style, and fits widths from 360 to 1440", async () => {
      const [page, heard] = await opened(name, {});
      for (const width of [360, 390, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        const scrollable = await page.evaluate("document.documentElement.scrollWidth");
        expect([width, scrollable]).toEqual([width, width]);
      }
      const pictures = "[...document.images].filter((one) => one.naturalWidth === 0).length";
      expect(await page.evaluate(pictures)).toBe(0);
      expect(await page.evaluate("getComputedStyle(document.querySelector('nav ul')).display")).toBe("flex");
      expect(heard).toEqual([]);
      await page.close();
    });
  });

  // The larger pages have the same parts, and take axe half a minute.
  test.each([
    ["pictures", "light"],
    ["pictures", "dark"],
    ["table", "dark"],
  ] as const)("%s has no fault that axe finds, %s", async (name, colorScheme) => {
    // axe is a script, which the page's own policy forbids.
    const [page] = await opened(name, {
      colorScheme,
      bypassCSP: true,
      viewport: { width: 1440, height: 900 },
    });
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
    const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.close();
  });
});
