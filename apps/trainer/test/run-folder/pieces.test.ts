// A run on a native BLAS keeps what decides its products' bits: the pieces of the machine that began it, and whether zeros are
// skipped. Another one, with more cores, goes on to the same bytes.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { TrainingOptions } from "../../src/options.ts";
import { planTraining } from "../../src/training-plan.ts";
import { blasHere } from "../support/blas-here.ts";
import { folderOf, learnableFiles } from "../support/data-folder.ts";
import { outcomeOf, trainIn } from "../support/real-cli.ts";

const machine = vi.hoisted(() => ({ cores: 3 }));
vi.mock("node:os", async (original) => {
  const os = await original<typeof import("node:os")>();
  return { ...os, availableParallelism: () => machine.cores };
});

afterEach(() => void vi.unstubAllEnvs());

const { libraries, reason } = blasHere();
if (libraries.length === 0) {
  process.stderr.write(`SKIPPED: the pieces of a run on a native BLAS that goes on, because ${reason}\n`);
}

test.skipIf(libraries.length === 0)(
  "the first machine's pieces are kept by a run that goes on on another",
  async () => {
    const cwd = folderOf({});
    cpSync(folderOf(learnableFiles(400)), join(cwd, "data"), { recursive: true });
    const begin = "--data data --backend blas --hidden 20 --batch-size 50 --quiet --workers 2".split(" ");
    const piecesOf = (name: string): unknown =>
      JSON.parse(readFileSync(join(cwd, "runs", name, "config.json"), "utf8")).pieces;

    machine.cores = 3;
    expect(await trainIn(cwd, [...begin, "--name", "it", "--epochs", "2"])).toMatchObject({ code: 0 });
    expect(piecesOf("it")).toBe(3);
    machine.cores = 5;
    const again = ["--resume", "runs/it", "--epochs", "4", "--workers", "3", "--quiet"];
    expect(await trainIn(cwd, again)).toMatchObject({ code: 0 });
    expect(piecesOf("it")).toBe(3);
    expect(await trainIn(cwd, [...begin, "--name", "whole", "--epochs", "4", "--pieces", "3"])).toMatchObject(
      {
        code: 0,
      },
    );
    expect(outcomeOf(join(cwd, "runs/it"))).toEqual(outcomeOf(join(cwd, "runs/whole")));
    const refused = await trainIn(cwd, ["--resume", "runs/it", "--pieces", "5"]);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining("--pieces 5 (the run has 3)"),
    ]);
  },
);

test.skipIf(libraries.length === 0)(
  "a native backend that the environment asks for has the pieces that the run is told, and keeps both",
  async () => {
    const cwd = folderOf({});
    cpSync(folderOf(learnableFiles(400)), join(cwd, "data"), { recursive: true });
    const line = "--data data --hidden 20 --batch-size 50 --quiet --epochs 2 --pieces 5 --name".split(" ");
    expect(await trainIn(cwd, [...line, "told", "--backend", "blas"])).toMatchObject({ code: 0 });
    vi.stubEnv("GRADLOOM_BACKEND", "blas");
    expect(await trainIn(cwd, [...line, "asked"])).toMatchObject({ code: 0 });
    expect(outcomeOf(join(cwd, "runs/asked"))).toEqual(outcomeOf(join(cwd, "runs/told")));
  },
);

test.skipIf(libraries.length === 0)(
  "a run's folder says whether zeros are skipped: auto is settled, and the run goes on so or not at all",
  async () => {
    const cwd = folderOf({});
    cpSync(folderOf(learnableFiles(200)), join(cwd, "data"), { recursive: true });
    const line = "--data data --hidden 20 --batch-size 50 --quiet --backend blas --name".split(" ");
    const sparseOf = (name: string): unknown =>
      JSON.parse(readFileSync(join(cwd, "runs", name, "config.json"), "utf8")).sparse;
    for (const [name, sparse, epochs] of [
      ["usual", "auto", "1"],
      ["skipped", "on", "1"],
      ["whole", "on", "2"],
    ] as const) {
      const run = await trainIn(cwd, [...line, name, "--sparse", sparse, "--epochs", epochs]);
      expect(run).toMatchObject({ code: 0 });
    }
    expect(["usual", "skipped"].map(sparseOf)).toEqual(["off", "on"]);
    const refused = await trainIn(cwd, ["--resume", "runs/usual", "--sparse", "on"]);
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringContaining("--sparse on (the run has off): decides the weights"),
    ]);
    const again = ["--resume", "runs/skipped", "--epochs", "2", "--quiet"];
    expect(await trainIn(cwd, again)).toMatchObject({ code: 0 });
    expect(outcomeOf(join(cwd, "runs/skipped"))).toEqual(outcomeOf(join(cwd, "runs/whole")));
  },
);

/** The options of a run on three rows, as they are with every default filled in. */
function planned(options: Partial<TrainingOptions>): TrainingOptions {
  const set = { images: Uint8Array.of(1, 2, 3), labels: Uint8Array.of(0, 1, 0), rows: 3, columns: 1 };
  const samples = { ...set, classes: 2, scale: 1 };
  return planTraining(
    { train: samples, test: samples, name: "three rows" },
    { hidden: 4, batchSize: 2, ...options },
  ).options;
}

test("only products whose bits depend on their size have pieces, one for every core and two at least", () => {
  machine.cores = 5;
  expect(planned({ backend: "blas" })).toMatchObject({ pieces: 5, workers: 1 });
  machine.cores = 1;
  expect(planned({ backend: "blas" }).pieces).toBe(2);
  expect(planned({ backend: "blas", pieces: 7 }).pieces).toBe(7);
  expect(planned({ backend: "blas", batchSize: 1 }).pieces).toBeUndefined();
  expect(planned({ backend: "wasm" }).pieces).toBeUndefined();
});
