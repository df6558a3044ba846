// From a CSV file of ten thousand pictures of clothes to predictions, by the built program alone, and as accurate as
// scikit-learn is on the same rows. Not among the everyday tests: npm downloads 38 MB that become 149. `pnpm test:fashion`.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TrainingData } from "../../src/data/dataset.ts";
import { loadData } from "../../src/data/load-data.ts";
import { pythonWith } from "../commands/python.ts";
import { gradloom } from "../support/built-program.ts";
import { clothesCsv, csvOf, NAMES, PIXELS } from "./clothes-csv.ts";
import { installFashionMnist } from "./install.ts";
import { sklearnAccuracies } from "./scikit-learn.ts";

const PLAN = { hidden: 50, epochs: 20, batchSize: 100, learningRate: 0.05 };
const SEEDS = 3;
const TEST_SHARE = 0.2;
const SPLIT_SEED = 7;
// Forty of the 2,000 test rows. Seeds alone move ours by up to 0.007.
const CLOSE = 0.02;

const FLAGS: readonly string[] = [
  ...`--data clothes.csv --test ${TEST_SHARE} --split-seed ${SPLIT_SEED} --json`.split(" "),
  ...`--hidden ${PLAN.hidden} --init he --optimizer sgd --lr ${PLAN.learningRate}`.split(" "),
  // The same digits on every machine: a bound is kept everywhere or nowhere.
  ...`--batch-size ${PLAN.batchSize} --epochs ${PLAN.epochs} --reproducible`.split(" "),
];

const python = pythonWith("sklearn");
const missing = await installFashionMnist();
const without = missing === undefined ? "" : ` (SKIPPED: ${missing})`;
const alone = python === undefined ? " (SKIPPED: no Python here has scikit-learn)" : "";

describe.skipIf(missing !== undefined)(`Fashion-MNIST from a CSV file${without}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "gradloom-fashion-"));
  /** Of the program's runs "0", "1", …, each with its number as the seed. */
  const accuracies: number[] = [];
  let raw: TrainingData;
  let testClasses: readonly string[];

  beforeAll(async () => {
    writeFileSync(join(folder, "clothes.csv"), clothesCsv(1000));
    for (let seed = 0; seed < SEEDS; seed++) {
      const run = ["--name", String(seed), "--seed", String(seed)];
      const events = await gradloom(folder, "train", ...FLAGS, ...run);
      const done = events.split("\n").find((line) => line.includes('"type":"done"')) ?? "no such event";
      accuracies.push(JSON.parse(done).result.testAccuracy);
    }
    // The numbers of the file, split as the program splits them.
    const options = { test: TEST_SHARE, seed: SPLIT_SEED, standardize: false };
    raw = await loadData(join(folder, "clothes.csv"), options);
    testClasses = Array.from(raw.test.labels, (label) => raw.description?.classNames?.[label] ?? "");
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("the program's runs are right in more than 83 % of 2,000 test rows of ten named classes", () => {
    expect([raw.train.rows, raw.test.rows, raw.test.columns]).toEqual([8000, 2000, PIXELS]);
    expect(raw.description?.classNames).toEqual(NAMES.toSorted());
    for (const accuracy of accuracies) expect(accuracy).toBeGreaterThan(0.83);
  });

  test.skipIf(python === undefined)(
    `they are as accurate as scikit-learn's MLPClassifier on the same split${alone}`,
    async () => {
      const theirs = await sklearnAccuracies(python ?? "", raw, PLAN, SEEDS, join(folder, "split.npz"));
      console.log(`accuracy: ours ${accuracies.join(", ")}; scikit-learn's ${theirs.join(", ")}`);
      for (const accuracy of accuracies) expect(Math.abs(accuracy - mean(theirs))).toBeLessThan(CLOSE);
    },
    120_000,
  );

  test("evaluate finds each run's test rows again, and in them the run's accuracy", async () => {
    for (const [run, accuracy] of accuracies.entries()) {
      const found = JSON.parse(await gradloom(folder, "evaluate", "--model", `runs/${run}`, "--json"));
      expect([found.rows, found.accuracy]).toEqual([raw.test.rows, accuracy]);
    }
  });

  test("evaluate and predict come to the run's accuracy from a CSV file of the test rows alone", async () => {
    const rows = Array.from(testClasses, (_, i) => raw.test.images.subarray(i * PIXELS, (i + 1) * PIXELS));
    writeFileSync(join(folder, "labelled.csv"), csvOf(rows, testClasses));
    writeFileSync(join(folder, "unknown.csv"), csvOf(rows));

    const judged = await gradloom(
      folder,
      "evaluate",
      "--model",
      "runs/0",
      "--data",
      "labelled.csv",
      "--json",
    );
    expect(JSON.parse(judged).accuracy).toBe(accuracies[0]);

    const [, ...lines] = (await gradloom(folder, "predict", "--model", "runs/0", "unknown.csv"))
      .trim()
      .split("\n");
    expect(lines).toHaveLength(raw.test.rows);
    const right = lines.filter((line, i) => line.split(",")[1] === testClasses[i]);
    expect(right.length / lines.length).toBe(accuracies[0]);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
