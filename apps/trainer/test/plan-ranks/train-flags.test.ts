// The command that a plan prints: taken by the program's own options, and by as many ranks as it starts.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { TrainingData } from "../../src/data/dataset.ts";
import { checkCombinations } from "../../src/option-combinations.ts";
import { resolveOptions, type TrainingOptions } from "../../src/options.ts";
import { bucketsOf } from "../../src/parallel/ranks/buckets.ts";
import { withShards } from "../../src/parallel/ranks/check-shards.ts";
import { makePlan } from "../../src/plan-ranks/make-plan.ts";
import { networkOf } from "../../src/plan-ranks/network.ts";
import { planLines } from "../../src/plan-ranks/plan-text.ts";
import type { Work } from "../../src/plan-ranks/step-model.ts";
import { planTraining } from "../../src/training-plan.ts";
import { runCli } from "../support/fake-cli.ts";

const LAYERS = [784, 1024, 1024, 10];

/** The words of the plan's command, and the line of its table that they are for. */
function commandOf(ranks: number, batchSize: number, flops = 20e9, computing: Partial<Work> = {}) {
  const work = { layers: LAYERS, batchSize, itemBytes: 4, flops, ...computing };
  const plan = makePlan(work, networkOf("10gbit"), ranks);
  const lines = planLines(plan, { gflops: flops / 1e9, measured: false });
  const found = lines.flatMap((line) => /^(.*): (mpirun .*)$/.exec(line) ?? []);
  const [, lead = "", command] = found;
  return { lead, command, verdict: plan.verdict, line: plan.strong.at(-1), text: lines.join("\n") };
}

/** What `gradloom train` makes of the words, as a launcher's ranks then take it. */
async function launched(command: string): Promise<{ size: number; options: TrainingOptions }> {
  const [launcher = "", flags = ""] = command.split(" npx gradloom ");
  const size = Number(/ -n (\d+)$/.exec(launcher)?.[1]);
  const { code, stdout, stderr } = await runCli([...flags.split(" "), "--print-config"]);
  expect(code, stderr).toBe(0);
  const { shards, batchSize, overlap, hidden, backend } = JSON.parse(stdout) as TrainingOptions;
  const told = resolveOptions({ shards, batchSize, overlap, hidden, backend });
  const options = withShards(told, { rank: 0, size });
  checkCombinations(options, "flag");
  return { size, options };
}

const RUNS = [1, 2, 4, 8, 16, 64, 1024, 4096].flatMap((ranks) =>
  [1, 2, 4, 7, 8, 9, 100, 4096].map((batchSize) => ({ ranks, batchSize })),
);

test.each(RUNS)("$ranks ranks, batch $batchSize: the run begins, or there is no command", async (run) => {
  const { ranks, batchSize } = run;
  for (const flops of [20e6, 20e9]) {
    const { command, line } = commandOf(ranks, batchSize, flops);
    expect(command === undefined).toBe(ranks === 1 || batchSize < ranks);
    if (command === undefined) continue;
    const { size, options } = await launched(command);
    expect(size).toBe(ranks);
    expect(options).toMatchObject({ batchSize, hidden: [1024, 1024] });
    expect(bucketsOf({ options, layers: LAYERS, backend: "wasm" }, ranks)).toBe(line?.buckets);
  }
});

/** Rows for a step of the plan's net. */
function rowsFor(batchSize: number): TrainingData {
  const images = new Uint8Array(batchSize * 784).fill(1);
  const labels = Uint8Array.from({ length: batchSize }, (_, row) => row % 10);
  const set = { images, labels, rows: batchSize, columns: 784, classes: 10, scale: 1 };
  return { name: "made-up rows", train: set, test: set };
}

test.each([
  { pieces: 2, workers: 2 },
  { pieces: 2, workers: 1 },
  { pieces: 4, workers: 2 },
  { pieces: 16, workers: 2 },
  { pieces: 6, workers: 3 },
  { pieces: 16, workers: 16 },
])(
  "on a BLAS in $pieces pieces for $workers workers the run has the parts of the plan's line",
  async (native) => {
    const parts = new Set<number | undefined>();
    for (const batchSize of [1, 16, 512, 4096]) {
      const data = rowsFor(batchSize);
      for (const ranks of [2, 8, 16, 64].filter((count) => count <= batchSize)) {
        for (const flops of [20e6, 140e9]) {
          const { command = "", line } = commandOf(ranks, batchSize, flops, { backend: "blas", native });
          const { options } = await launched(command);
          expect(options.backend).toBe("blas");
          const planned = planTraining(data, { ...options, ...native }, ranks);
          expect(bucketsOf(planned, ranks)).toBe(line?.buckets);
          parts.add(line?.buckets);
        }
      }
    }
    expect(parts.size > 1).toBe(native.pieces >= 2 * native.workers);
  },
);

test("where a BLAS has too few pieces for parts of them, the plan says so", () => {
  const told = (workers: number): string =>
    commandOf(8, 512, 140e9, { backend: "blas", native: { pieces: 2, workers } }).text;
  expect(told(2)).toContain(
    "take turns: blas computes 2 slices of the parameters, too few for parts of them with 2 workers.",
  );
  expect(told(1)).toContain("To overlap exchange and backward takes up to");
});

test("shards are named only where those of any launched run would not do", () => {
  const named = (ranks: number, batchSize: number) =>
    / --shards (\d+)/.exec(commandOf(ranks, batchSize).command ?? "")?.[1];
  expect([2, 4, 8].map((ranks) => named(ranks, 100))).toEqual([undefined, undefined, undefined]);
  expect([16, 64].map((ranks) => named(ranks, 100))).toEqual(["16", "64"]);
  expect([2, 4].map((ranks) => named(ranks, 7))).toEqual(["4", "4"]);
});

test("what is advised against is shown as something to try, not as what to do", () => {
  const bad = commandOf(16, 16);
  expect(bad.verdict).toMatch(/^Do not: /);
  expect(bad.lead).toBe("To see for yourself on 16 machines, against this advice (Open MPI)");
  const good = commandOf(16, 4096);
  expect(good.verdict).not.toContain("Do not");
  expect(good.lead).toBe("On 16 machines that is (Open MPI)");
});

test("the launcher's flags are those that the documentation has for several machines", () => {
  const launcher = commandOf(16, 4096)
    .command?.split(" -n ")[0]
    ?.replace(/^mpirun /, "");
  const page = readFileSync(new URL("../../docs/several-machines.md", import.meta.url), "utf8");
  expect(page.includes(`mpirun --hostfile hosts ${launcher} npx gradloom train`), launcher).toBe(true);
});
