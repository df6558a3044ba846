// The packages as npm would get them: packed by pnpm and unpacked again.
import { execFile } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../docs/snippets.ts";

const run = promisify(execFile);

/** Each package's folder in the workspace, what it depends on first. */
export const PACKAGES = [
  { name: "@gradloom/kernels", source: "packages/kernels" },
  { name: "@gradloom/core", source: "packages/core" },
  { name: "@gradloom/collective", source: "packages/collective" },
  { name: "gradloom", source: "apps/trainer" },
] as const;

export interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

export interface Packed {
  readonly name: (typeof PACKAGES)[number]["name"];
  readonly source: string;
  readonly tarball: string;
  /** The unpacked tarball. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Packs the built packages and unpacks each under `modules` by its name, as an installation would. */
export async function pack(tarballs: string, modules: string): Promise<Packed[]> {
  return await Promise.all(
    PACKAGES.map(async ({ name, source }) => {
      const pnpm = join(ROOT, "node_modules/.bin/pnpm");
      const { stdout } = await run(pnpm, ["pack", "--json", "--pack-destination", tarballs], {
        cwd: join(ROOT, source),
        env: { ...process.env, NODE_OPTIONS: "" },
        maxBuffer: 2 ** 24,
      });
      const { filename } = JSON.parse(stdout) as { filename: string };
      const tarball = join(tarballs, filename.slice(filename.lastIndexOf("/") + 1));
      const folder = join(modules, name);
      await mkdir(folder, { recursive: true });
      await run("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1"]);
      const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
      return { name, source, tarball, folder, manifest };
    }),
  );
}
