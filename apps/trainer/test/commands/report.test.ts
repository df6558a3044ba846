// `gradloom report` and the same from code: the page of a run is drawn again from what lies in its folder.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { InterruptedError, loadIdxFolder, reportOfRun, train, trainingReport } from "../../src/index.ts";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { runCli } from "../support/fake-cli.ts";
import { trainIn } from "../support/real-cli.ts";

const RUN = "--epochs 2 --hidden 4 --workers 1 --quiet --name it".split(" ");

/** A folder with data, and a run on them. */
async function trained(): Promise<{ readonly cwd: string; readonly folder: string }> {
  const cwd = folderOf(learnableFiles(200));
  expect(await trainIn(cwd, [...RUN, "--data", cwd])).toMatchObject({ code: 0 });
  return { cwd, folder: join(cwd, "runs/it") };
}

const figure = (page: string, name: RegExp) => name.exec(page)?.[1];

describe("the command", () => {
  test("draws the page again, and says on stdout where it is: as a path, or as one JSON object", async () => {
    const { cwd, folder } = await trained();
    const page = readFileSync(join(folder, "report.html"), "utf8");
    rmSync(join(folder, "report.html"));
    expect(await runCli(["report"], { cwd })).toMatchObject({ code: 0, stdout: "runs/it/report.html\n" });
    const again = readFileSync(join(folder, "report.html"), "utf8");
    for (const name of [/([0-9a-f]{64})/, /([\d.]+)\s*%/]) {
      expect(figure(page, name)).toBeDefined();
      expect(figure(again, name)).toBe(figure(page, name));
    }
    mkdirSync(join(cwd, "pages"));
    const json = await runCli(["report", "runs/it", "--out", "pages/one.html", "--json"], { cwd });
    expect(json.stdout.split("\n")).toHaveLength(2);
    expect(JSON.parse(json.stdout)).toEqual({ run: "runs/it", out: "pages/one.html" });
    expect(existsSync(join(cwd, "pages/one.html"))).toBe(true);
  });

  test.each([
    ["no run at all", ["report"], 2, /there is no run in/],
    ["a folder that is no run's", ["report", "."], 2, /config\.json: cannot be read/],
    ["an option that is none", ["report", "--jsno"], 2, /Did you mean --json\?/],
  ])("%s", async (_, args, code, message) => {
    const outcome = await runCli(args, { cwd: folderOf({}) });
    expect([outcome.code, outcome.stdout]).toEqual([code, ""]);
    expect(outcome.stderr).toMatch(message);
  });

  test("a run that has no model yet is a data error", async () => {
    const { cwd, folder } = await trained();
    rmSync(join(folder, "model.safetensors"));
    const { code, stderr } = await runCli(["report"], { cwd });
    expect([code, stderr]).toEqual([3, expect.stringContaining(join(folder, "model.safetensors"))]);
  });
});

describe("from code", () => {
  test("reportOfRun draws a run's page and returns its path", async () => {
    const { folder } = await trained();
    const path = join(folder, "again.html");
    expect(await reportOfRun(folder, path)).toBe(path);
    expect(readFileSync(path, "utf8")).toMatch(/^<!doctype html>/);
  });

  test("trainingReport is the page of what train returned; a signal ends it", async () => {
    const data = await loadIdxFolder(folderOf(learnableFiles(6000)), { name: "made up" });
    const options = { epochs: 1, hidden: 3, workers: 1, evaluateEvery: 1 };
    const result = await train(data, options);
    const page = await trainingReport(data, result, { options });
    expect(page).toContain("made up");
    expect(page).toContain(result.sha256);
    expect(page).toContain(`${(100 * result.testAccuracy).toFixed(2)}`);
    const signal = AbortSignal.abort(new InterruptedError("SIGINT"));
    await expect(trainingReport(data, result, { signal })).rejects.toThrow(InterruptedError);
  });
});

test("data in the folder where one stands are called by its name", async () => {
  const cwd = folderOf(learnableFiles(200));
  const here = process.cwd();
  try {
    process.chdir(cwd);
    expect(await trainIn(cwd, [...RUN, "--data", "."])).toMatchObject({ code: 0 });
  } finally {
    process.chdir(here);
  }
  const name = basename(cwd);
  expect(readFileSync(join(cwd, "runs/it/report.html"), "utf8")).toContain(`<title>${name}`);
  expect(readFileSync(join(cwd, "runs/it/model.safetensors"), "latin1")).toContain(`"data":"${name}"`);
});
