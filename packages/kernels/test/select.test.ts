// Which backend createKernels picks, what it says about it, and where its arrays then live.
import { afterEach, expect, test } from "vitest";
import { Arena, createKernels, defaultBackend, defaultKernels } from "../src/index.ts";

afterEach(() => {
  delete process.env.GRADLOOM_BACKEND;
});

test("the default is the fastest that the engine runs, in a memory of its own", () => {
  // Node 24 runs relaxed SIMD without being asked.
  expect(defaultBackend()).toBe("wasm-relaxed");
  const { backend, reason, memory } = createKernels().explain();
  expect([backend, reason, memory]).toEqual(["wasm-relaxed", "the default: the fastest here", "webassembly"]);
  expect(createKernels().zeros([2]).data.buffer).not.toBe(createKernels().zeros([2]).data.buffer);
});

test("a backend that was asked for is the one that runs", () => {
  for (const name of ["reference", "wasm", "wasm-relaxed"] as const) {
    const { backend, reason } = createKernels({ backend: name }).explain();
    expect([backend, reason]).toEqual([name, "asked for in createKernels"]);
  }
});

test("zeros of either backend live in the arena that was given, and are zeros even where it was used before", () => {
  for (const backend of ["reference", "wasm"] as const) {
    const { memory } = Arena.create({ byteLength: 2 ** 24, shared: true });
    new Uint8Array(memory.buffer).fill(255);
    const kernels = createKernels({ backend, arena: new Arena(memory) });
    const t = kernels.zeros([2, 3], "float64");
    expect(t.data.buffer).toBe(memory.buffer);
    expect([...t.data]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(kernels.explain().memory).toBe("webassembly (shared)");
  }
});

test("a process has one instance of the default kernels", () => {
  expect(defaultKernels()).toBe(defaultKernels());
  expect(defaultKernels().backend).toBe(defaultBackend());
});

test("GRADLOOM_BACKEND picks the backend where the program does not, and is named if it cannot", () => {
  process.env.GRADLOOM_BACKEND = "reference";
  const { backend, reason } = createKernels().explain();
  expect([backend, reason]).toEqual(["reference", "asked for by GRADLOOM_BACKEND"]);
  expect(createKernels({ backend: "wasm" }).backend).toBe("wasm");
  process.env.GRADLOOM_BACKEND = "wsm";
  expect(() => createKernels()).toThrow(
    /GRADLOOM_BACKEND: there is no backend "wsm".*reference, wasm, wasm-relaxed/,
  );
  process.env.GRADLOOM_BACKEND = "";
  expect(createKernels().explain().reason).toMatch(/^the default/);
});
