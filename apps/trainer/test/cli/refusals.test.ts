// Bad input: each case ends with its exit code before training starts, naming the value and the cure.
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderOf, smallFiles, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS } from "../support/data-folder.ts";
import { runCli } from "../support/fake-cli.ts";
import { bigEndian, F32, idxBytes, U8 } from "../support/idx-bytes.ts";

/** Runs, and checks what holds for every refusal: the trainer is not called and nothing is on stdout. */
async function refused(args: readonly string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  const { code, stderr, stdout, calls, listeners } = await runCli(["train", ...args]);
  expect({ stdout, calls, listeners }).toEqual({ stdout: "", calls: [], listeners: 0 });
  expect(stderr).toMatch(/^gradloom: /);
  return { code, stderr };
}

describe("options end with 2", () => {
  test.each([
    ["--workers 0", "--workers 0: expected a whole number from 1 to 256. Leave it out to use every core"],
    ["--workers -1", "--workers -1: expected a whole number"],
    ["--workers 3x", '--workers "3x": expected a whole number'],
    ["--workers 0x10", '--workers "0x10": expected a whole number'],
    ["--workers 2.0", '--workers "2.0": expected a whole number'],
    ["--epochs 1e3", '--epochs "1e3": expected a whole number'],
    ["--epochs NaN", '--epochs "NaN": expected a whole number'],
    ["--batch-size=", '--batch-size "": expected a whole number'],
    ["--batch-size 0", "--batch-size 0: expected a whole number"],
    [
      "--seed 99999999999999999999",
      "--seed 100000000000000000000: expected a whole number from 0 to 9007199254740991",
    ],
    ["--limit 0", "--limit 0: expected a whole number"],
    [
      "--hidden 256,,128",
      '--hidden "256,,128": expected 1 to 64 whole numbers from 1 to 65536, such as 256,128',
    ],
    ["--hidden 256,0", "--hidden 256,0: expected 1 to 64 whole numbers"],
    ["--lr 1e999", '--lr "1e999": expected a finite number above 0'],
    ["--lr 0", "--lr 0: expected a finite number above 0"],
    ["--lr -0.1", "--lr -0.1: expected a finite number above 0"],
    ["--lr 0,1", '--lr "0,1": expected a finite number above 0'],
    ["--lr Infinity", '--lr "Infinity": expected a finite number above 0'],
    ["--dtype float16", '--dtype "float16": expected float32 or float64'],
    ["--backend cuda", '--backend "cuda": expected auto, wasm-relaxed, wasm, reference or blas'],
    ["--activation tanh", '--activation "tanh": expected relu or sigmoid'],
    ["--classes 1", "--classes 1: expected a whole number from 2 to 65536"],
    ["--classes 10", "--classes 10: expected together with --data"],
    ["--data=", '--data "": expected a path'],
    ["--label x", "--label x: expected together with --data"],
    ["--name ../x", '--name "../x": expected up to 100 letters'],
    ["--no-save --name x", "--name x beside --no-save"],
    ["--no-save --tensorboard", "--tensorboard beside --no-save"],
    ["--keep 1", "--keep 1: expected a whole number from 2"],
    ["--checkpoint-every -1", "--checkpoint-every -1: expected a number of 0 or more"],
    ["--test 2", "--test 2: expected a share above 0 to below 1"],
    ["--missing guess", '--missing "guess": expected refuse or mean or drop'],
    ["--epochs", "option '--epochs <n>' argument missing"],
    ["--wrokers 2", "unknown option '--wrokers'. Did you mean --workers?"],
    ["--batchsize 2", "unknown option '--batchsize'. Did you mean --batch-size?"],
    ["./folder", "too many arguments for 'train'"],
  ])("%s", async (args, message) => {
    const { code, stderr } = await refused(args.split(" "));
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/Leave (it|one of them) out|Use --out|See: gradloom train --help/);
  });

  test("a mistyped command comes with a guess", async () => {
    const { code, stderr, stdout } = await runCli(["trian"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("unknown command 'trian'. Did you mean train?");
  });
});

describe("data end with 3", () => {
  const withFile = (name: string, bytes: Uint8Array): string => folderOf({ ...smallFiles(), [name]: bytes });
  const dataCase = async (folder: string, ...parts: readonly string[]): Promise<void> => {
    const { code, stderr } = await refused(["--data", folder, "--batch-size", "2"]);
    expect(code).toBe(3);
    for (const part of parts) expect(stderr).toContain(part);
  };

  test("a missing folder", async () => {
    const folder = join(folderOf({}), "nowhere");
    await dataCase(folder, folder, "nothing at that path", "Check the path");
  });

  test("a truncated file", async () => {
    const bytes = smallFiles()[TRAIN_IMAGES]?.subarray(0, 30) ?? new Uint8Array();
    await dataCase(
      withFile(TRAIN_IMAGES, bytes),
      TRAIN_IMAGES,
      "byte 30",
      "32 bytes in all",
      "30 bytes",
      "fetch it again",
    );
  });

  test("a wrong magic number", async () => {
    const bytes = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
    await dataCase(
      withFile(TRAIN_LABELS, bytes),
      TRAIN_LABELS,
      "byte 0",
      "89 50 4e 47",
      "Check that this is an IDX file",
    );
  });

  test("a label out of range", async () => {
    const folder = withFile(TEST_LABELS, idxBytes(U8, [2], [0, 9]));
    await dataCase(folder, TEST_LABELS, "row 1", "found 9", "0 to 2", "Correct the label");
  });

  test("image and label counts that differ", async () => {
    const folder = withFile(TRAIN_LABELS, idxBytes(U8, [3], [0, 1, 2]));
    await dataCase(folder, TRAIN_IMAGES, TRAIN_LABELS, "4 images", "3 labels", "belong together");
  });

  test("NaN in the data", async () => {
    const values = [1, 2, 3, 4, 5, 6, Number.NaN, 8];
    const folder = withFile(TRAIN_IMAGES, idxBytes(F32, [4, 2], bigEndian(F32, values)));
    await dataCase(folder, TRAIN_IMAGES, "row 3, column 0", "found NaN", "Replace the value");
  });

  test("a batch larger than the data", async () => {
    const { code, stderr } = await refused(["--batch-size", "60001"]);
    expect(code).toBe(3);
    expect(stderr).toContain("MNIST: expected --batch-size of at most 60000");
    expect(stderr).toContain("--batch-size 60001. Use --batch-size 60000 or less.");
  });

  test("a limit larger than the data", async () => {
    const { code, stderr } = await refused([
      "--data",
      folderOf(smallFiles()),
      "--batch-size",
      "1",
      "--limit",
      "5",
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain("--limit of at most 4, the training rows there are, found --limit 5");
  });
});
