// --dry-run says what would be trained and what memory it takes, and starts nothing.
import { expect, test } from "vitest";
import { runCli } from "../support/fake-cli.ts";

test("the book's run, planned", async () => {
  const { calls, code, stdout } = await runCli(["train", "--dry-run", "--workers", "2"]);
  expect(code).toBe(0);
  expect(calls).toHaveLength(0);
  expect(stdout).toContain("network        784-50-10, relu, float32\n");
  expect(stdout).toContain("parameters     39,760\n");
  expect(stdout).toContain("steps          10,200 in 17 epochs\n");
  // 70,000 images of 784 bytes, their labels and an order of the rows: the data as bytes, not as floats.
  expect(stdout).toMatch(/ {2}data {9}52\.[0-9] MiB\n/);
});

test("options that do not fit the data are refused as in a real run", async () => {
  const { code, stderr } = await runCli(["train", "--dry-run", "--batch-size", "60001"]);
  expect(code).toBe(3);
  expect(stderr).toContain("60001");
});
