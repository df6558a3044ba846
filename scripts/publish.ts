// Publishes every package whose version npm does not have yet, with provenance. See RELEASING.md.
//   node scripts/publish.ts [--dry-run]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What a package depends on comes before it, so that no published package ever lacks another. */
const FOLDERS = ["packages/kernels", "packages/core", "packages/collective", "apps/trainer"];
const ROOT = fileURLToPath(new URL("../", import.meta.url));
const dryRun = process.argv.includes("--dry-run");

/** False also where npm cannot be asked: publishing then fails with npm's own words. */
function isPublished(name: string, version: string): boolean {
  try {
    const found = execFileSync("npm", ["view", `${name}@${version}`, "version"], {
      encoding: "utf8",
      stdio: "pipe",
    });
    return found.trim() === version;
  } catch {
    return false;
  }
}

const tarballs = mkdtempSync(join(tmpdir(), "gradloom-release-"));
try {
  for (const folder of FOLDERS) {
    const manifest = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as {
      name: string;
      version: string;
    };
    const { name, version } = manifest;
    if (!dryRun && isPublished(name, version)) {
      console.log(`${name}@${version} is on npm already`);
      continue;
    }
    // pnpm packs, because it replaces workspace versions and takes the source condition out of the exports.
    const pnpm = join(ROOT, "node_modules/.bin/pnpm");
    const packed = execFileSync(pnpm, ["pack", "--json", "--pack-destination", tarballs], {
      cwd: join(ROOT, folder),
      encoding: "utf8",
      maxBuffer: 2 ** 24,
    });
    const { filename } = JSON.parse(packed) as { filename: string };
    const upload = ["publish", filename, "--access", "public", dryRun ? "--dry-run" : "--provenance"];
    execFileSync("npm", upload, { cwd: tarballs, stdio: "inherit" });
    console.log(`${name}@${version} ${dryRun ? "would be" : "is"} published`);
  }
} finally {
  rmSync(tarballs, { recursive: true });
}
