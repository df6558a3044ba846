// `gradloom plan`: the model's answer for a net of the user's own, and what it refuses.
import { expect, test } from "vitest";
import { runCli } from "../support/fake-cli.ts";

test("the book's network on 64 machines: two tables and a plain no", async () => {
  const { code, stdout } = await runCli(["plan", "--ranks", "64", "--gflops", "20"]);
  expect(code).toBe(0);
  expect(stdout).toContain("784-50-10, batch 100");
  expect(stdout).toContain("20.0 GFLOP/s (as given)");
  expect(stdout).toContain("Do not: 64 machines are");
  expect(stdout.match(/^ +64 /gm)).toHaveLength(2);
});

test("--json has the same for programs", async () => {
  const line = "plan --ranks 4 --net 1gbit --hidden 1024,1024 --batch-size 4096 --gflops 20 --json";
  const { stdout } = await runCli(line.split(" "));
  expect(JSON.parse(stdout)).toMatchObject({
    best: { ranks: 4 },
    network: { name: "1gbit", latency: 30e-6 },
    work: { layers: [784, 1024, 1024, 10] },
    measured: false,
  });
});

test("without --gflops this machine is measured", async () => {
  const { stdout } = await runCli(
    "plan --ranks 2 --inputs 16 --hidden 8 --classes 3 --batch-size 50".split(" "),
  );
  expect(stdout).toMatch(/GFLOP\/s \(measured here, now\)/);
  expect(stdout).toContain("gradloom train --data <path> --hidden 8 --batch-size 50 --overlap");
});

test.each([
  ["--ranks 3", "expected a power of two up to 4096"],
  ["--ranks 0", "--ranks 0: expected a whole number of 1 or more"],
  ["--net soon", "expected a rate such as 10gbit"],
  ["--gflops 0", "--gflops 0: expected a number of more than 0"],
  ["--hidden x", "--hidden"],
  ["--latency -1", "--latency -1: expected a number of 0 or more"],
])("%s is refused", async (flags, message) => {
  const { code, stderr } = await runCli(["plan", ...flags.split(" ")]);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
