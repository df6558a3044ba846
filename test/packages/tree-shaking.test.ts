// A bundle holds what it uses: one layer of core brings neither the nets nor the file formats with it, tensors no backend.
import type { Rolldown } from "vite";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Consumer, consumer } from "./consumer.ts";

let project: Consumer;
beforeAll(async () => {
  project = await consumer();
}, 60_000);
afterAll(async () => await project?.remove());

/** The text of a bundle of one module. */
async function bundle(name: string, code: string): Promise<string> {
  const entry = await project.write(`${name}.js`, code);
  const result = await build({
    root: project.folder,
    configFile: false,
    logLevel: "error",
    build: { write: false, minify: false, lib: { entry, formats: ["es"], fileName: name } },
  });
  const [output] = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  return output?.output.map((file) => (file.type === "chunk" ? file.code : "")).join("\n") ?? "";
}

/** A text that only the part in question has. */
const MARKS = { nets: "hiddenSizes", safetensors: "InvalidHeaderLength", onnx: "probabilities" };

describe("tree shaking", () => {
  test("importing Relu alone leaves out nets, safetensors and ONNX", async () => {
    const code = await bundle(
      "relu",
      'import { Relu } from "@gradloom/core"; export const layer = new Relu();',
    );
    expect(code).toContain("reluBackward");
    for (const mark of [MARKS.nets, MARKS.safetensors, MARKS.onnx]) expect(code).not.toContain(mark);
  });

  test("reading safetensors leaves out everything that computes", async () => {
    const code = await bundle("read", 'export { readSafetensors } from "@gradloom/core";');
    expect(code).toContain(MARKS.safetensors);
    for (const mark of [MARKS.nets, MARKS.onnx, "reluBackward", "WebAssembly"])
      expect(code).not.toContain(mark);
    expect(code.length).toBeLessThan(20_000);
  });

  test("making tensors leaves out every backend of the kernels", async () => {
    const code = await bundle("tensors", 'export { tensor, toNestedArray } from "@gradloom/kernels";');
    expect(code).toContain("ragged");
    for (const mark of ["WebAssembly", "koffi", "sumRows"]) expect(code).not.toContain(mark);
    expect(code.length).toBeLessThan(25_000);
    const all = await bundle("kernels", 'export * from "@gradloom/kernels";');
    for (const mark of ["WebAssembly", "koffi", "sumRows"]) expect(all).toContain(mark);
  });

  test("the marks are there when everything is imported", async () => {
    const code = await bundle("all", 'export * from "@gradloom/core";');
    for (const mark of [MARKS.nets, MARKS.safetensors, MARKS.onnx]) expect(code).toContain(mark);
  });

  test("an import that nothing uses leaves nothing behind", async () => {
    const code = await bundle("unused", 'import { Relu } from "@gradloom/core"; export const answer = 42;');
    expect(code.length).toBeLessThan(200);
  });
});
