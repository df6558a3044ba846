// Configuration files: what is right comes through, everything else is named with its file and key.
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseConfig, readConfig } from "../../src/config/read-config.ts";
import { UsageError } from "../../src/errors.ts";
import { folderOf } from "../support/data-folder.ts";
import { thrownBy } from "../support/thrown.ts";

const FILE = "/somewhere/config.json";

function refusal(text: string): string {
  const error = thrownBy(() => parseConfig(text, FILE));
  expect(error).toBeInstanceOf(UsageError);
  return error instanceof UsageError ? error.message : "";
}

test("settings of every kind come through; paths count from the file's folder", () => {
  const text = JSON.stringify({
    $schema: "./config.schema.json",
    epochs: 5,
    learningRate: 0.5,
    hidden: [20, 10],
    init: "he",
    optimizer: "adam",
    data: "iris.csv",
    labels: "/elsewhere/labels.npy",
    label: "species",
    header: true,
    validation: 0.2,
    keep: 2,
    checkpointEvery: 0,
    versions: { gradloom: "9.9.9" },
  });
  expect(parseConfig(text, FILE)).toEqual({
    epochs: 5,
    learningRate: 0.5,
    hidden: [20, 10],
    init: "he",
    optimizer: "adam",
    data: resolve("/somewhere/iris.csv"),
    labels: "/elsewhere/labels.npy",
    label: "species",
    header: true,
    validation: 0.2,
    keep: 2,
    checkpointEvery: 0,
  });
});

describe("what is refused", () => {
  test.each([
    ['{"epoch":5}', 'unknown key "epoch". Did you mean epochs?'],
    ['{"lr":0.1}', 'unknown key "lr". Did you mean learningRate?'],
    ['{"batch-size":5}', 'unknown key "batch-size". Did you mean batchSize?'],
    ['{"batch_size":5}', 'unknown key "batch_size". Did you mean batchSize?'],
    ['{"zzz":5}', 'unknown key "zzz". The keys are workers, epochs'],
    ['{"epochs":"5"}', 'epochs "5": expected a whole number from 1 to'],
    ['{"epochs":null}', "epochs null: expected a whole number"],
    ['{"epochs":1.5}', "epochs 1.5: expected a whole number"],
    ['{"epochs":1e999}', "epochs Infinity: expected a whole number"],
    ['{"hidden":[50,"x"]}', "hidden"],
    ['{"optimizer":"adma"}', 'optimizer "adma": expected sgd, momentum'],
    ['{"header":"yes"}', 'header "yes": expected true or false'],
    ['{"data":""}', 'data "": expected a path'],
    ['{"data":"a\\u0000b"}', "expected a path"],
    ['{"keep":1}', "keep 1: expected a whole number from 2"],
    ['{"checkpointEvery":-1}', "checkpointEvery -1: expected a number of 0 or more"],
    ['{"validation":1}', "validation 1: expected a share from 0 to below 1"],
    ['{"test":0}', "test 0: expected a share above 0 to below 1"],
    ['{"__proto__":{"epochs":5}}', 'unknown key "__proto__"'],
    ['{"constructor":{"prototype":{"epochs":5}}}', 'unknown key "constructor"'],
    ['{"toString":1}', 'unknown key "toString"'],
    ['{"save":{"__proto__":{"polluted":1}}}', "save"],
    ["[1]", "expected an object"],
    ["null", "expected an object"],
    ["5", "expected an object"],
    ["", "is not JSON"],
    ['{"epochs":5', "is not JSON"],
    ["[".repeat(100_000), "is not JSON"],
  ])("%.60s", (text, message) => {
    const said = refusal(text);
    expect(said).toContain(`${FILE}: `);
    expect(said).toContain(message);
    expect({}).not.toHaveProperty("polluted");
    expect({}).not.toHaveProperty("epochs");
  });

  test("a message stays short, however long the text", () => {
    expect(refusal(`{"${"x".repeat(100_000)}":1}`).length).toBeLessThan(1000);
    expect(refusal(`{"name":${JSON.stringify(["y".repeat(100_000)])}}`).length).toBeLessThan(1000);
  });

  test("no file, a folder, a file that is too large", async () => {
    const folder = folderOf({});
    await expect(readConfig(join(folder, "none.json"))).rejects.toThrow(
      /none\.json: cannot be read as a configuration: there is no such file\.$/,
    );
    await expect(readConfig(folder)).rejects.toThrow(UsageError);
    writeFileSync(join(folder, "large"), Buffer.alloc(1_000_001, " "));
    await expect(readConfig(join(folder, "large"))).rejects.toThrow(/too many for a configuration/);
  });
});

const judge = (text: string): "taken" | "refused" => {
  try {
    parseConfig(text, FILE);
    return "taken";
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return "refused";
  } finally {
    expect(Object.keys(Object.prototype)).toEqual([]);
  }
};

test("no beginning of a file is taken for the whole, and one with a bit flipped is something else or refused", () => {
  const whole = Buffer.from(JSON.stringify({ epochs: 12, hidden: [30, 4], data: "a.csv", init: "he" }));
  expect(judge(whole.toString())).toBe("taken");
  for (let n = 0; n < whole.length; n++) expect(judge(whole.toString("utf8", 0, n))).toBe("refused");
  const counts = { taken: 0, refused: 0 };
  for (let bit = 0; bit < 8 * whole.length; bit++) {
    const flipped = Buffer.from(whole);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    counts[judge(flipped.toString())]++;
  }
  expect(Math.min(counts.taken, counts.refused)).toBeGreaterThan(10);
});

test("any text and any JSON is taken or refused with a UsageError, and nothing is polluted", () => {
  const settings = { seed: 1, numRuns: 500 };
  const tried = (text: string) => void judge(text);
  fc.assert(fc.property(fc.string(), tried), settings);
  fc.assert(fc.property(fc.json(), tried), settings);
  const keys = fc.constantFrom(
    "epochs",
    "hidden",
    "data",
    "save",
    "init",
    "label",
    "__proto__",
    "constructor",
  );
  fc.assert(
    fc.property(fc.dictionary(keys, fc.jsonValue()), (value) => tried(JSON.stringify(value))),
    settings,
  );
});
