// A saved net is the same net: bit for bit here, number for number in NumPy, turned round for PyTorch.
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Affine,
  loadModel,
  MultiLayerNet,
  readSafetensors,
  Sigmoid,
  saveModel,
  TwoLayerNet,
  tensor,
  toNestedArray,
  writeSafetensors,
} from "../../src/index.ts";
import { inTemporaryFolder, numpyMissing, python } from "./python.ts";

const missing = numpyMissing();

describe("saving and loading", () => {
  test("gives the same bits back, whatever the sizes, the dtype, the activation and the layout", () => {
    const width = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        fc.tuple(width, width, width),
        fc.constantFrom("float32" as const, "float64" as const),
        fc.constantFrom("relu" as const, "sigmoid" as const),
        fc.constantFrom("in_out" as const, "out_in" as const),
        fc.nat(),
        ([D, H, C], dtype, activation, layout, seed) => {
          const net = new TwoLayerNet(D, H, C, { dtype, activation, seed, weightInitStd: 1 });
          const back = loadModel(saveModel(net, { seed: String(seed) }, { layout }));
          expect(back.parameters.data).toEqual(net.parameters.data);
          expect(back.dtype).toBe(dtype);
          expect(back.layers[1]?.constructor).toBe(net.layers[1]?.constructor);
          expect(saveModel(back, { seed: String(seed) }, { layout })).toEqual(
            saveModel(net, { seed: String(seed) }, { layout }),
          );
        },
      ),
      { seed: 3, numRuns: 100 },
    );
  });

  test("does so for a net of any depth, each hidden layer with its own activation", () => {
    for (const hiddenSizes of [[], [5], [5, 4], [5, 4, 3]]) {
      const activation = hiddenSizes.map((_, i) => (i % 2 === 0 ? ("sigmoid" as const) : ("relu" as const)));
      const net = new MultiLayerNet({ inputSize: 6, hiddenSizes, outputSize: 2, activation, weightInit: 1 });
      for (const layout of ["in_out", "out_in"] as const) {
        const back = loadModel(saveModel(net, {}, { layout }));
        expect(back.parameters.data).toEqual(net.parameters.data);
        expect(back.layers.map((layer) => layer.constructor)).toEqual(
          net.layers.map((layer) => layer.constructor),
        );
        expect(back instanceof TwoLayerNet).toBe(hiddenSizes.length === 1);
      }
    }
  });

  test("a loaded net is the caller's: it learns, and the bytes stay as they were", () => {
    const bytes = saveModel(new TwoLayerNet(2, 3, 2));
    const before = bytes.slice();
    loadModel(bytes).parameters.data.fill(1);
    expect(bytes).toEqual(before);
  });

  test("metadata says what the numbers mean, and keeps what the caller adds", () => {
    const net = new TwoLayerNet(2, 3, 2, { activation: "sigmoid" });
    const { metadata, tensors } = readSafetensors(saveModel(net, { accuracy: "0.97" }));
    expect(Object.fromEntries(metadata)).toEqual({
      format: "gradloom",
      layout: "in_out",
      activation: "sigmoid",
      dtype: "float32",
      accuracy: "0.97",
    });
    expect([...tensors.keys()]).toEqual(["W1", "W2", "b1", "b2"]);
    expect(tensors.get("W1")?.shape).toEqual([2, 3]);
    expect(() => saveModel(net, { layout: "x" })).toThrow("metadata.layout");
  });

  test("PyTorch's layout has Linear's names and (out, in) weights", () => {
    const net = new TwoLayerNet(2, 3, 1);
    net.params.W1.data.set([1, 2, 3, 4, 5, 6]);
    const { tensors, metadata } = readSafetensors(saveModel(net, {}, { layout: "out_in" }));
    expect([...tensors.keys()]).toEqual(["fc1.bias", "fc1.weight", "fc2.bias", "fc2.weight"]);
    expect(tensors.get("fc1.weight")?.shape).toEqual([3, 2]);
    expect([...(tensors.get("fc1.weight")?.data ?? [])]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(metadata.get("format")).toBe("pt");
  });
});

describe("files that hold no such net are refused by name", () => {
  const F32 = (shape: number[]) => ({
    dtype: "F32" as const,
    shape,
    data: new Float32Array(shape.reduce((n, d) => n * d, 1)),
  });
  const good = { W1: F32([2, 3]), b1: F32([3]), W2: F32([3, 2]), b2: F32([2]) };
  const relu: [string, string][] = [["activation", "relu"]];

  test.each([
    ["no tensor W1", {}, relu],
    ["no tensor b2", { W1: good.W1, b1: good.b1, W2: good.W2, c: good.b2 }, relu],
    ["W2 takes 4 values", { ...good, W2: F32([4, 2]) }, relu],
    ["W1 takes 2 values to 3; its bias has 2", { ...good, b1: F32([2]) }, relu],
    ["tensor W1 of the file has shape", { ...good, W1: F32([6]) }, relu],
    ["tensor W1 of the file has shape", { ...good, W1: F32([0, 3]) }, relu],
    ["5 tensors", { ...good, step: F32([1]) }, relu],
    [
      "tensor b1 of the file is I32",
      { ...good, b1: { dtype: "I32" as const, shape: [3], data: new Int32Array(3) } },
      relu,
    ],
    [
      "differ in dtype",
      { ...good, b1: { dtype: "F64" as const, shape: [3], data: new Float64Array(3) } },
      relu,
    ],
    ["does not name its activation", good, []],
    ["the activations are", good, [["activation", "tanh"]]],
    ["the activations are", good, [["activation", "relu,relu"]]],
    ["the file's layout is", good, [...relu, ["layout", "sideways"]]],
  ] as const)("%s", (message, tensors, metadata) => {
    expect(() => loadModel(writeSafetensors(Object.entries(tensors), metadata))).toThrow(message);
  });

  test("the same file with all its parts loads", () => {
    expect(loadModel(writeSafetensors(Object.entries(good), relu)).params.W1.shape).toEqual([2, 3]);
    expect(
      loadModel(writeSafetensors(Object.entries(good)), { activation: "sigmoid" }).layers.Sigmoid1,
    ).toBeDefined();
  });

  test("a net whose layers no file holds", () => {
    const affine = new Affine(tensor([[1]]), tensor([1]));
    expect(() => saveModel({ layers: [new Sigmoid()], dtype: "float32" })).toThrow("layers[0] is a Sigmoid");
    expect(() => saveModel({ layers: [affine, affine], dtype: "float32" })).toThrow("layers[1] is a Affine");
    expect(() => saveModel({ layers: [affine, new Sigmoid()], dtype: "float32" })).toThrow(
      "end with an Affine",
    );
    expect(() => saveModel({ layers: [], dtype: "float32" })).toThrow("0 layers");
  });
});

describe.skipIf(missing !== undefined)(`NumPy agrees${missing ? `: skipped, ${missing}` : ""}`, () => {
  test("on every number of a file from here", () => {
    const net = new TwoLayerNet(4, 5, 3, { dtype: "float64", seed: 9, weightInitStd: 1 });
    const file = inTemporaryFolder((path) => {
      writeFileSync(path("model.safetensors"), saveModel(net, { seed: "9" }));
      return python("safetensors_numpy.py", "read", path("model.safetensors"));
    });
    const expected = Object.entries(net.params).map(([name, x]) => [
      name,
      ["F64", x.shape, toNestedArray(x)],
    ]);
    expect(file).toEqual({
      metadata: { format: "gradloom", layout: "in_out", activation: "relu", dtype: "float64", seed: "9" },
      tensors: Object.fromEntries(expected),
    });
  });

  test("with the scores of a net that it wrote in PyTorch's layout", () => {
    const { net, x, scores } = inTemporaryFolder((path) => {
      const batch = python("safetensors_numpy.py", "write", path("torch.safetensors")) as {
        x: number[][];
        scores: number[][];
      };
      return { ...batch, net: loadModel(readFileSync(path("torch.safetensors")), { activation: "relu" }) };
    });
    const predicted = toNestedArray(net.predict(tensor(x, "float64"))) as number[][];
    for (const [i, row] of predicted.entries()) {
      for (const [j, score] of row.entries()) expect(score).toBeCloseTo(scores[i]?.[j] ?? Number.NaN, 13);
    }
  });
});
