// A model file keeps every bit of the net and every word of its card, and whatever does not fit is refused by name.
import { saveModel, writeSafetensors } from "@gradloom/core";
import { describe, expect, test } from "vitest";
import { cardOf } from "../../src/model/card-of.ts";
import type { ModelCard } from "../../src/model/model-card.ts";
import { loadModelFile, modelBytes, readModel } from "../../src/model/model-file.ts";
import { noNumpy, python } from "../support/python.ts";
import { smallModel } from "../support/small-model.ts";
import { fileOf } from "../support/temporary-file.ts";
import { faultOf, thrownBy } from "../support/thrown.ts";

const FULL: ModelCard = {
  classNames: ["<b>", 'a "b"', "é\n"],
  columnNames: ["x", "__proto__", "", "constructor"],
  label: "kind",
  imageShape: [2, 2],
  standardization: { mean: [0.1, -2, 1e-300, 5], std: [1 / 3, 1, 2, 1e300] },
  scale: 1,
  facts: { seed: "7", test_accuracy: "0.9", __proto__x: "y" },
};

describe("what is written is read:", () => {
  test.each([
    ["a card with everything", FULL],
    ["the smallest card", { classNames: ["0", "1", "2"], scale: 1 / 255, facts: {} }],
    ["a label known by number", { ...FULL, label: 0 }],
  ])("%s", (_, card) => {
    const { net } = smallModel();
    const model = readModel(modelBytes(net, card), "a.safetensors");
    expect(model.card).toEqual(card);
    expect(model.net.parameters.data).toEqual(net.parameters.data);
  });

  test("float64 nets to the bit", () => {
    const { net, card } = smallModel({}, 4, "float64");
    const read = readModel(modelBytes(net, card), "a.safetensors");
    expect(read.net.dtype).toBe("float64");
    expect(read.net.parameters.data).toEqual(net.parameters.data);
  });

  test("a fact called __proto__ is a fact, and pollutes nothing", () => {
    const facts = JSON.parse('{"__proto__": "x"}') as Record<string, string>;
    const { net, card } = smallModel({ facts });
    const read = readModel(modelBytes(net, card), "a.safetensors").card.facts;
    expect(Object.entries(read)).toEqual([["__proto__", "x"]]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test("the same model gives the same bytes", () => {
    expect(modelBytes(smallModel(FULL).net, FULL)).toEqual(modelBytes(smallModel(FULL).net, FULL));
  });

  test("statistics of many thousand columns fit", () => {
    const wide = 30_000;
    const numbers = Array.from({ length: wide }, (_, i) => 1 / (i + 3));
    const card = { standardization: { mean: numbers, std: numbers } };
    const { net, card: full } = smallModel(card, wide);
    expect(readModel(modelBytes(net, full), "a").card.standardization?.mean).toEqual(numbers);
  });
});

describe("a file without a card", () => {
  test("of core's own has numbered classes and scale 1", () => {
    const { net } = smallModel();
    const { card } = readModel(saveModel(net, { seed: "3" }), "a.safetensors");
    expect(card).toEqual({ classNames: ["0", "1", "2"], scale: 1, facts: { seed: "3" } });
  });

  test("of PyTorch is read when its activation is given", () => {
    const { net } = smallModel();
    const tensors = [
      ["fc1.weight", { dtype: "F32", shape: [3, 4], data: new Float32Array(12).fill(0.5) }],
      ["fc1.bias", { dtype: "F32", shape: [3], data: new Float32Array(3) }],
      ["fc2.weight", { dtype: "F32", shape: [2, 3], data: new Float32Array(6) }],
      ["fc2.bias", { dtype: "F32", shape: [2], data: new Float32Array(2) }],
    ] as const;
    const bytes = writeSafetensors(tensors, [["format", "pt"]]);
    expect(readModel(bytes, "a", { activation: "relu" }).card).toEqual({
      classNames: ["0", "1"],
      scale: 1,
      facts: {},
    });
    expect(faultOf(thrownBy(() => readModel(bytes, "a"))).found).toContain("activation");
    expect(net.dtype).toBe("float32");
  });
});

describe("metadata that does not fit the net is refused with its key:", () => {
  test.each([
    ["classes", '["a","b"]', "3 names"],
    ["classes", '["a","b",3]', "3 names"],
    ["classes", "a,b,c", "3 names"],
    ["columns", '["a"]', "4 names"],
    ["label", "[1]", "name in quotes"],
    ["label", "-1", "name in quotes"],
    ["image_shape", "[3,2]", "4 pixels"],
    ["image_shape", "[-2,-2]", "4 pixels"],
    ["image_shape", "[2,2,1]", "4 pixels"],
    ["standardization", '{"mean":[1,2,3,4]}', "4 finite numbers"],
    ["standardization", '{"mean":[1,2,3,4],"std":[1,2,3]}', "4 finite numbers"],
    ["standardization", '{"mean":[1,2,3,4],"std":[1,2,3,0]}', "4 finite numbers"],
    ["standardization", '{"mean":[1,2,3,null],"std":[1,2,3,4]}', "4 finite numbers"],
    ["standardization", '{"mean":[1,2,3,1e999],"std":[1,2,3,4]}', "4 finite numbers"],
    ["standardization", '{"__proto__":{"mean":[1,2,3,4],"std":[1,2,3,4]}}', "4 finite numbers"],
    ["scale", "0", "above 0"],
    ["scale", '"1"', "above 0"],
    ["scale", "1e999", "above 0"],
    ["scale", "", "above 0"],
  ])("%s %s", (key, text, expected) => {
    const fault = faultOf(
      thrownBy(() => readModel(saveModel(smallModel().net, { [key]: text }), "a.safetensors")),
    );
    expect(fault).toMatchObject({ file: "a.safetensors", expected: expect.stringContaining(expected) });
    expect(fault.expected).toContain(`metadata.${key}`);
  });
});

describe("is refused before it is written:", () => {
  test("a card that does not fit the net", () => {
    const { net, card } = smallModel();
    expect(faultOf(thrownBy(() => modelBytes(net, { ...card, classNames: ["a"] }))).expected).toContain(
      "3 names",
    );
    expect(faultOf(thrownBy(() => modelBytes(net, { ...card, scale: Number.NaN }))).expected).toContain(
      "scale",
    );
  });

  test.each(["classes", "scale", "layout", "format"])(
    "a fact with the card's or core's own name: %s",
    (name) => {
      const { net, card } = smallModel({ facts: { [name]: "x" } });
      expect(faultOf(thrownBy(() => modelBytes(net, card))).found).toBe(`"${name}"`);
    },
  );
});

describe("a file on disk", () => {
  test("is read", async () => {
    const { net, card } = smallModel(FULL);
    const path = fileOf("model.safetensors", modelBytes(net, card));
    expect((await loadModelFile(path)).card).toEqual(FULL);
  });

  test("that is missing, empty or something else is named", async () => {
    const fault = async (path: string) => faultOf(await loadModelFile(path).catch((error: unknown) => error));
    expect(await fault("/no/such/model")).toMatchObject({
      file: "/no/such/model",
      found: "nothing at that path",
    });
    const empty = fileOf("model.safetensors", "");
    expect(await fault(empty)).toMatchObject({ file: empty, found: "0 bytes" });
    expect((await fault(fileOf("x.csv", "a,b\n1,2\n"))).cure).toContain("model.safetensors");
  });
});

test("the card of a data set names every class, by its number where the data name none", () => {
  const train = {
    images: Uint8Array.of(1),
    rows: 1,
    columns: 1,
    labels: Uint8Array.of(0),
    classes: 3,
    scale: 1 / 255,
  };
  expect(cardOf({ train }, { seed: "0" })).toEqual({
    classNames: ["0", "1", "2"],
    scale: 1 / 255,
    facts: { seed: "0" },
  });
  const description = { classNames: ["a", "b", "c"], imageShape: [1, 1] as const };
  expect(cardOf({ train, description })).toMatchObject(description);
});

test.skipIf(noNumpy !== undefined)("Python reads the card as JSON from the file's header", () => {
  const path = fileOf("a.safetensors", modelBytes(smallModel().net, FULL));
  const script = `
import json, struct, sys
raw = open(sys.argv[1], "rb").read()
meta = json.loads(raw[8:8 + struct.unpack("<Q", raw[:8])[0]])["__metadata__"]
print(json.dumps([json.loads(meta["classes"]), json.loads(meta["standardization"])["std"], meta["seed"]]))
`;
  expect(python(script, path)).toEqual([FULL.classNames, FULL.standardization?.std, "7"]);
});
