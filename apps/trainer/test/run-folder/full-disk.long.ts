// A disk that is really full, and one that is really read-only: exit 5, and the run goes on once there is room.
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { outcomeOf, trainIn } from "../support/real-cli.ts";

const RUN =
  "--name it --epochs 12 --optimizer adam --hidden 200 --batch-size 50 --checkpoint-every 0 --quiet";
const isRoot = process.platform === "linux" && process.getuid?.() === 0;

/** A folder on a disk of its own. */
function mounted(size: string): string {
  const folder = folderOf({});
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  onTestFinished(() => void execFileSync("umount", [folder]));
  return folder;
}

describe.runIf(isRoot)("a run", { timeout: 120_000 }, () => {
  test("on a disk that fills up ends with 5, leaves nothing half, and goes on when the disk has grown", async () => {
    const data = folderOf(learnableFiles(4000));
    const args = [...RUN.split(" "), "--data", data];
    // A checkpoint takes 49 KB and a model 16 KB: the first is written, the second is not.
    const disk = mounted("100k");
    const full = await trainIn(disk, args);
    expect(full.code).toBe(5);
    expect(full.stderr).toMatch(
      /checkpoint-\d+-\d+\.safetensors: (needs \d+ bytes|cannot be written, \d+ bytes)/,
    );
    expect(readdirSync(join(disk, "runs/it")).some((name) => name.endsWith(".tmp"))).toBe(false);
    execFileSync("mount", ["-o", "remount,size=20m", disk]);
    expect(await trainIn(disk, ["--resume", "--quiet"])).toMatchObject({ code: 0 });

    const roomy = folderOf({});
    await trainIn(roomy, args);
    expect(outcomeOf(join(disk, "runs/it"))).toEqual(outcomeOf(join(roomy, "runs/it")));
  });

  test("on a read-only disk ends with 5 before it trains, and what was saved before is read again later", async () => {
    const disk = mounted("20m");
    cpSync(folderOf(learnableFiles(4000)), join(disk, "data"), { recursive: true });
    const args = [...RUN.split(" "), "--data", "data"];
    expect(await trainIn(disk, args)).toMatchObject({ code: 0 });
    execFileSync("mount", ["-o", "remount,ro", disk]);
    for (const again of [args, ["--resume", "runs/it", "--epochs", "14"], [...args, "--name", "other"]]) {
      const { code, stderr, calls } = await trainIn(disk, again);
      expect(calls).toEqual([]);
      if (again === args) expect(stderr).toContain("is there already");
      else expect([code, stderr]).toEqual([5, expect.stringMatching(/EROFS|read-only/)]);
    }
    execFileSync("mount", ["-o", "remount,rw", disk]);
    expect(await trainIn(disk, ["--resume", "--epochs", "14", "--quiet"])).toMatchObject({ code: 0 });
  });
});
