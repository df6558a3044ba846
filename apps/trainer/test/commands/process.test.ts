// Each command as a process: streams, standard input and exit codes are the operating system's here.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ANIMALS, echoModel, modelFile, smallFolder } from "./small-model.ts";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function gradloom(args: readonly string[], input = ""): Promise<Ended> {
  const child = spawn(process.execPath, ["--conditions=@gradloom/source", MAIN, ...args], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, NODE_NO_WARNINGS: "1" },
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    texts.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    texts.stderr += chunk;
  });
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, ...texts };
}

describe("commands", () => {
  test("explain draws the graph of the apples", async () => {
    const { code, stdout, stderr } = await gradloom(["explain", "apple"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("(×)────────▶ total");
  });

  test("predict reads CSV from standard input and writes CSV", async () => {
    const rows = "0,5,0\n7,0,0\n0,0,1\n";
    const { code, stdout, stderr } = await gradloom(["predict", "--model", echoModel(ANIMALS), "-"], rows);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.split("\n").map((line) => line.split(",").slice(0, 2).join(" "))).toEqual([
      ...["row class", "-:1 bee", "-:2 ant", "-:3 owl", ""],
    ]);
  });

  test("evaluate prints the metrics of a saved model", async () => {
    const args = ["evaluate", "--model", modelFile(), "--data", smallFolder()];
    const { code, stdout, stderr } = await gradloom(args);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^accuracy .*\nloss .*\n\nclass/);
  });

  test("export writes a file and says where", async () => {
    const model = modelFile();
    const { code, stdout, stderr } = await gradloom(["export", "--model", model, "--to", "onnx"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("model.onnx");
    expect(readFileSync(model.replace(".safetensors", ".onnx")).subarray(0, 2)).toEqual(Buffer.from([8, 8]));
  });

  test("gradcheck ends with 0 when the gradients are right, and with 1 when they are not", async () => {
    const args = ["gradcheck", "--model", modelFile(), "--data", smallFolder()];
    expect((await gradloom(args)).code).toBe(0);
    const { code, stderr } = await gradloom([...args, "--bound", "1e-15"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^gradloom: the gradients differ/);
  });

  test("doctor says what the machine offers", async () => {
    const { code, stdout } = await gradloom(["doctor", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).node.version).toBe(process.versions.node);
  });
});
