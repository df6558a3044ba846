// `gradloom gradcheck`: a table and an exit code, for nets of initial weights and for saved ones.

import { tensor } from "@gradloom/core";
import { describe, expect, test } from "vitest";
import { checkGradients } from "../../src/gradcheck/check-gradients.ts";
import { runCli } from "../support/fake-cli.ts";
import { modelFile, smallFolder, smallNet } from "./small-model.ts";

const NAMES = ["W1", "b1", "W2", "b2"];

describe("gradcheck", () => {
  test("of a net with initial weights on real rows: right, exit code 0, a row for each parameter", async () => {
    const args = ["gradcheck", "--data", smallFolder(), "--init", "he", "--rows", "4", "--samples", "20"];
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^4-50-3, relu, initial weights of seed 0; 4 rows of the training rows of /);
    expect([...stdout.matchAll(/^([Wb]\d)/gm)].map(([, name]) => name)).toEqual(NAMES);
    expect(stdout).toMatch(/\nRight: the largest relative error is .*, the bound 1\.0e-7\.\n$/);
  });

  test("takes depth, activation and seed, and as data tells them with the report", async () => {
    const net = ["--hidden", "6,5", "--activation", "sigmoid", "--init", "xavier", "--seed", "3"];
    const { stdout } = await runCli(["gradcheck", "--data", smallFolder(), ...net, "--json"]);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ right: true, rows: 3, h: 1e-4, bound: 1e-7, kinks: 0 });
    expect(report.net).toBe("4-6-5-3, sigmoid, initial weights of seed 3");
    expect(Object.keys(report.parameters)).toEqual([...NAMES, "W3", "b3"]);
    expect(report.parameters.W1.count).toBe(24);
  });

  test("of a saved model: its own weights, in float64, on the test rows", async () => {
    const { code, stdout } = await runCli(["gradcheck", "--model", modelFile(), "--data", smallFolder()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/model\.safetensors in float64; 2 rows of the test rows of /);
  });

  test("a bound that no float64 difference meets: the table on stdout, exit code 1, the reason on stderr", async () => {
    const { code, stdout, stderr } = await runCli([
      ...["gradcheck", "--data", smallFolder(), "--init", "he", "--bound", "1e-15"],
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nWrong in .*W1.*, the bound 1\.0e-15\.\n$/);
    expect(stderr).toMatch(/^gradloom: the gradients differ from the differences.*W1 by \d\.\de-\d+/);
    expect(stderr).not.toContain("internal error");
  });

  test("a gradient that is really wrong is found", () => {
    const net = smallNet({ dtype: "float64" });
    const x = tensor([[0.1, 0.2, 0.3, 0.4]], "float64");
    const settings = { x, labels: Int32Array.of(1), samples: 100, h: 1e-4, seed: 0, bound: 1e-7 };
    expect(checkGradients({ net, ...settings }).error).toBeUndefined();
    const right = net.gradient.bind(net);
    net.gradient = (...args) => {
      const gradients = right(...args);
      const { W2 } = gradients;
      if (W2 !== undefined) W2.data[W2.offset] = 1.01 * (W2.data[W2.offset] ?? 0);
      return gradients;
    };
    expect(checkGradients({ net, ...settings }).error?.message).toMatch(/W2 by/);
    net.gradient = (...args) => {
      const gradients = right(...args);
      const { b1 } = gradients;
      if (b1 !== undefined) b1.data[b1.offset] = Number.NaN;
      return gradients;
    };
    expect(checkGradients({ net, ...settings }).error?.message).toMatch(/b1 by NaN/);
  });

  test("a step so wide that everything crosses a kink proves nothing, and says so", async () => {
    const wide = ["gradcheck", "--data", smallFolder(), "--init", "he", "--h", "1000", "--samples", "3"];
    const { code, stderr } = await runCli(wide);
    expect(code).toBe(1);
    expect(stderr).toMatch(/nothing of .*W1.* was compared|differ/);
  });

  test.each([
    [["--rows", "0"], "--rows"],
    [["--h", "-1"], "--h"],
    [["--bound", "small"], '--bound "small": expected a number above 0'],
    [["--hidden", "0"], "--hidden"],
    [["--activation", "tanh"], "relu, sigmoid"],
  ])("%j is refused before anything is read", async (args, message) => {
    const { code, stdout, stderr } = await runCli(["gradcheck", ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
