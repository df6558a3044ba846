// `gradloom plan`: the model's answer for a net of the user's own, and what it refuses.
import { afterEach, expect, test, vi } from "vitest";
import { runCli } from "../support/fake-cli.ts";

/** As many workers on every machine as the cores of this one, and of a BLAS's pieces. */
vi.mock("node:os", async (original) => {
  const os = await original<typeof import("node:os")>();
  return { ...os, availableParallelism: () => 2 };
});
afterEach(() => void vi.unstubAllEnvs());

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

test("--backend is the run's own: named in its command, and of a BLAS its few pieces counted", async () => {
  const line = "plan --ranks 4 --hidden 1024,1024 --batch-size 512 --gflops 140 --backend".split(" ");
  const native = await runCli([...line, "blas"]);
  expect(native.stdout).toContain(
    "gradloom train --hidden 1024,1024 --batch-size 512 --backend blas --overlap off",
  );
  const strict = await runCli([...line, "wasm"]);
  expect(strict.stdout).toContain("--batch-size 512 --backend wasm --overlap 4");
  const usual = await runCli([...line, "auto"]);
  expect(usual.stdout).toContain("--batch-size 512 --overlap 4");
  const told = JSON.parse((await runCli([...line, "blas", "--json"])).stdout);
  expect(told).toMatchObject({ work: { backend: "blas" }, best: { buckets: 1 } });
});

test("a BLAS that the environment asks for is named too: other machines need not have it there", async () => {
  vi.stubEnv("GRADLOOM_BACKEND", "blas");
  const { stdout } = await runCli("plan --ranks 2 --hidden 1024 --batch-size 512 --gflops 140".split(" "));
  expect(stdout).toContain("--backend blas --overlap off");
});

test("other kernels of the environment are named, too, and the usual ones are not", async () => {
  const flags = "plan --ranks 2 --hidden 1024 --batch-size 512 --gflops 40".split(" ");
  vi.stubEnv("GRADLOOM_BACKEND", undefined);
  expect((await runCli(flags)).stdout).not.toContain("--backend");
  vi.stubEnv("GRADLOOM_BACKEND", "reference");
  expect((await runCli(flags)).stdout).toContain("--backend reference");
});

test("it is the backend that is measured", async () => {
  vi.stubEnv("GRADLOOM_BLAS", "/nowhere/libopenblas.so");
  const small = "plan --ranks 2 --inputs 16 --hidden 8 --classes 3 --batch-size 50 --backend".split(" ");
  const missing = await runCli([...small, "blas"]);
  expect([missing.code, missing.stderr]).toEqual([
    2,
    expect.stringContaining("/nowhere/libopenblas.so does not load. Install one ("),
  ]);
  expect((await runCli([...small, "reference"])).stdout).toContain("(measured here, now, with reference)");
});

test.each([
  ["--backend gpu", '--backend "gpu": expected auto, wasm-relaxed, wasm, reference or blas'],
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
