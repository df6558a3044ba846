// The release, rehearsed on a copy: the notes give versions and changelogs, and the repository holds no credential.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../docs/snippets.ts";
import { PACKAGES } from "./packing.ts";
import { PLAIN_ENV } from "./runtimes.ts";

const run = promisify(execFile);
let clone: string;

const changeset = async (...args: string[]): Promise<unknown> =>
  await run(join(ROOT, "node_modules/.bin/changeset"), args, { cwd: clone, env: PLAIN_ENV });

const json = async (path: string): Promise<Record<string, unknown>> =>
  JSON.parse(await readFile(join(clone, path), "utf8")) as Record<string, unknown>;

async function notes(): Promise<string[]> {
  return (await readdir(join(clone, ".changeset"))).filter(
    (name) => name.endsWith(".md") && name !== "README.md",
  );
}

beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), "gradloom-release-"));
  await run("git", ["clone", "--quiet", "--local", ROOT, clone]);
  await run("git", ["-C", clone, "checkout", "--quiet", "-B", "main"]);
  await symlink(join(ROOT, "node_modules"), join(clone, "node_modules"));
}, 60_000);
afterAll(async () => await rm(clone, { recursive: true, force: true }));

describe("a rehearsed release", () => {
  test("every note names a package and says something", async () => {
    await changeset("status", "--output", "status.json");
    const { changesets } = (await json("status.json")) as {
      changesets: { id: string; summary: string; releases: { name: string }[] }[];
    };
    expect(changesets).toHaveLength((await notes()).length);
    const names: string[] = PACKAGES.map(({ name }) => name);
    for (const { id, summary, releases } of changesets) {
      expect(summary.length, id).toBeGreaterThan(20);
      expect(releases.length, id).toBeGreaterThan(0);
      for (const { name } of releases) expect(names, id).toContain(name);
    }
  });

  test("the notes become one new version and a changelog of each package", async () => {
    const pending = (await notes()).length;
    const before = (await json("packages/core/package.json")).version;
    const summaries = await Promise.all(
      (await notes()).map(async (note) => await readFile(join(clone, ".changeset", note), "utf8")),
    );
    await changeset("version");
    if (pending === 0) return; // nothing to release: right after a release this is so
    expect(await notes()).toEqual([]);
    const versions = await Promise.all(
      PACKAGES.map(async ({ source }) => (await json(`${source}/package.json`)).version),
    );
    expect(new Set(versions).size).toBe(1);
    expect(versions[0]).not.toBe(before);
    const changelogs = await Promise.all(
      PACKAGES.map(async ({ source }) => await readFile(join(clone, source, "CHANGELOG.md"), "utf8")),
    );
    for (const changelog of changelogs) expect(changelog).toContain(`## ${versions[0]}`);
    for (const summary of summaries) {
      const [firstLine = ""] = summary.split("---\n").at(-1)?.trim().split("\n") ?? [];
      expect(changelogs.join("\n")).toContain(firstLine);
    }
  });

  test("each package's tarball has its changelog", { timeout: 60_000 }, async () => {
    for (const { source } of PACKAGES) {
      // Where pnpm finds the versions of what the package depends on.
      await symlink(join(ROOT, source, "node_modules"), join(clone, source, "node_modules"));
      const pnpm = join(ROOT, "node_modules/.bin/pnpm");
      const { stdout } = await run(pnpm, ["pack", "--json", "--pack-destination", clone], {
        cwd: join(clone, source),
        env: PLAIN_ENV,
        maxBuffer: 2 ** 24,
      });
      const { files } = JSON.parse(stdout) as { files: readonly { path: string }[] };
      expect(
        files.map(({ path }) => path),
        source,
      ).toContain("CHANGELOG.md");
    }
  });

  test("the workspace's private packages get no version", async () => {
    expect((await json("docs/package.json")).version).toBe("0.0.0");
  });

  test("the repository holds no npm token", async () => {
    const { stdout } = await run("git", ["ls-files", "*.npmrc", ".npmrc", "*.yaml", "*.json", ".ci/*"], {
      cwd: clone,
    });
    const files = stdout.trim().split("\n");
    expect(files).toContain(".npmrc");
    for (const file of files) {
      if (file === "pnpm-lock.yaml") continue;
      expect(await readFile(join(clone, file), "utf8"), file).not.toMatch(/_authToken|npm_[A-Za-z0-9]{36}/);
    }
  });
});
