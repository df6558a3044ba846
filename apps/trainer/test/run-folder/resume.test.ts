// Stopped and resumed, a run ends with the bytes of one that was never stopped: model and metrics alike.
import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StopSignal } from "../../src/errors.ts";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { outcomeOf, trainIn } from "../support/real-cli.ts";

const EPOCHS = 30;
const RUN = `--data data --epochs ${EPOCHS} --validation 0.2 --optimizer adam --hidden 20,10 --batch-size 50 --quiet`;

/** A folder with the data, for a run to be made in. */
function newFolder(): string {
  const cwd = folderOf({});
  cpSync(folderOf(learnableFiles(4000)), join(cwd, "data"), { recursive: true });
  return cwd;
}

const start = (cwd: string, ...more: string[]) => trainIn(cwd, [...RUN.split(" "), "--name", "it", ...more]);

/** Trains until `ms` after the run has begun to train. */
async function stopped(cwd: string, ms: number, signal: StopSignal) {
  return await trainIn(cwd, [...RUN.split(" "), "--name", "it"], {
    onSignals: (signals) => {
      const whenTraining = setInterval(() => {
        if (!readdirSync(cwd).includes("runs")) return;
        clearInterval(whenTraining);
        setTimeout(() => signals.emit(signal), ms);
      }, 1);
    },
  });
}

let reference: ReturnType<typeof outcomeOf>;

test("a run that nothing stops is what the others are held against", async () => {
  const cwd = newFolder();
  expect(await start(cwd, "--workers", "1")).toMatchObject({ code: 0, stderr: "" });
  reference = outcomeOf(join(cwd, "runs/it"));
  expect(reference.metrics.trim().split("\n")).toHaveLength(EPOCHS);
});

describe("a run that is stopped", () => {
  test.each([
    [150, "SIGINT", 130, "3"],
    [250, "SIGTERM", 143, "1"],
  ] as const)(
    "after %i ms by %s ends with %i; with %s workers it goes on to the same bytes",
    async (ms, signal, code, workers) => {
      const cwd = newFolder();
      const first = await stopped(cwd, ms, signal);
      expect(first.code).toBe(code);
      expect(first.stderr).toContain("saved in runs/it; to go on: gradloom train --resume runs/it\n");
      const folder = join(cwd, "runs/it");
      expect(readdirSync(folder)).not.toContain("lock");
      // What a crash may leave: lines of epochs that no checkpoint knows, the last one cut.
      const metrics = readFileSync(join(folder, "metrics.jsonl"), "utf8");
      expect(reference.metrics.startsWith(metrics)).toBe(true);
      writeFileSync(join(folder, "metrics.jsonl"), `${metrics}{"epoch":99}\n{"epo`);
      const second = await trainIn(cwd, ["--resume", "--workers", workers]);
      expect(second.code).toBe(0);
      expect(second.stderr).toMatch(/^gradloom: going on with runs\/it (after|in) epoch \d/);
      expect(outcomeOf(folder)).toEqual(reference);
    },
  );
});

describe("a run of fewer epochs", () => {
  test("is told to be finished, and goes on when more are asked for: from the last whole checkpoint", async () => {
    const cwd = newFolder();
    await start(cwd, "--epochs", "9", "--checkpoint-every", "0");
    const again = await trainIn(cwd, ["--resume"]);
    expect(again).toMatchObject({ code: 0, stdout: "" });
    expect(again.stderr).toContain(
      "the run in runs/it is finished. To train it longer: gradloom train --resume runs/it --epochs 18",
    );
    const fewer = await trainIn(cwd, ["--resume", "--epochs", "8"]);
    expect(fewer.code).toBe(2);
    expect(fewer.stderr).toContain("--epochs 8: the run is in epoch 9 already");

    const folder = join(cwd, "runs/it");
    const checkpoints = readdirSync(folder).filter((name) => name.startsWith("checkpoint"));
    expect(checkpoints.sort()).toHaveLength(3);
    const newest = checkpoints.at(-1) ?? "";
    truncateSync(join(folder, newest), 1000);
    const { code, stderr } = await trainIn(cwd, [
      "--resume",
      "--epochs",
      String(EPOCHS),
      "--checkpoint-every",
      "10",
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain(`${newest}: is damaged or incomplete`);
    expect(stderr).toMatch(/going on with runs\/it after epoch [1-8]\n/);
    expect(outcomeOf(folder)).toEqual(reference);
  });
});

describe("what is refused", () => {
  test("options that decide the weights, and a configuration or data that are not the run's", async () => {
    const cwd = newFolder();
    await stopped(cwd, 100, "SIGINT");
    const refusal = async (...more: string[]) => {
      const { code, stderr } = await trainIn(cwd, ["--resume", "runs/it", ...more]);
      return `${code} ${stderr}`;
    };
    expect(await refusal("--lr", "0.5", "--seed", "1", "--hidden", "20,10")).toMatch(
      /^2 gradloom: --lr 0\.5 \(the run has 0\.001\) and --seed 1 \(the run has 0\): decides the weights/,
    );
    expect(await refusal("--name", "other")).toContain("--name beside --resume");
    expect(await refusal("--config", "x.json")).toContain("--config beside --resume");
    expect(await refusal("--test", "0.5")).toContain("--test 0.5 (the run has none)");

    const config = join(cwd, "runs/it/config.json");
    const text = readFileSync(config, "utf8");
    writeFileSync(config, text.replace('"seed": 0', '"seed": 1'));
    expect(await refusal()).toMatch(/^2 .*is not the configuration that the run's checkpoint was made with/);
    writeFileSync(config, text);
    cpSync(folderOf(learnableFiles(4001)), join(cwd, "other"), { recursive: true });
    expect(await refusal("--data", "other")).toMatch(/^3 .*expected the data that .* was trained on/);
  });

  test.each([
    ["nothing", ["--resume", "runs/404"], /config\.json: cannot be read/],
    ["a file", ["--resume", "file"], /cannot be read/],
    ["no run at all", ["--resume"], /there is no run in/],
  ])("%s in place of a run", async (_, args, message) => {
    const { code, stderr } = await trainIn(folderOf({ file: new Uint8Array() }), args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
