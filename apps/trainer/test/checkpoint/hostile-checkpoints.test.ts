// Checkpoints that were made on purpose, well sealed and wrong inside: refused by name, or whole.
import { writeSafetensors } from "@gradloom/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readCheckpoint } from "../../src/checkpoint/checkpoint-bytes.ts";
import { NO_SEAL, SEAL_KEY, seal } from "../../src/checkpoint/sealed-file.ts";
import { CheckpointError } from "../../src/errors.ts";

const SETTINGS = { seed: 1, numRuns: 400 };

/** Either a checkpoint comes out, or a CheckpointError that names the file; nothing else, and nothing is polluted. */
function judge(bytes: Uint8Array): void {
  try {
    const { state } = readCheckpoint(bytes, "some/file");
    expect(state.parameters).toBeDefined();
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    expect(String(error)).toContain("some/file");
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
}

function sealed(state: string, fields: Readonly<Record<string, string>> = {}): Uint8Array {
  const data = Float32Array.of(1, 2, 3);
  const bytes = writeSafetensors(
    [["parameters", { dtype: "F32", shape: [3], data }]],
    Object.entries({
      [SEAL_KEY]: NO_SEAL,
      format: "gradloom checkpoint",
      version: "1",
      config: "c",
      data: "d",
      seed: "0",
      finished: "false",
      state,
      ...fields,
    }),
  );
  seal(bytes);
  return bytes;
}

const WHOLE = {
  epoch: 1,
  step: 0,
  lossSum: 0,
  parameters: { $vector: "parameters" },
  optimizer: {},
  history: [],
};

test("what is right is read", () => {
  expect(readCheckpoint(sealed(JSON.stringify(WHOLE)), "file").state.parameters).toEqual(
    Float32Array.of(1, 2, 3),
  );
});

test("any bytes", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), judge), SETTINGS);
});

test("any text for a state", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (state) => judge(sealed(state))),
    SETTINGS,
  );
});

test("a whole state with any one part exchanged, also for a vector that is not there or a number that is none", () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(
      { $vector: "nowhere" },
      { $vector: 5 },
      { $vector: "parameters" },
      { $float64: "zz" },
      { $float64: "7ff0000000000000" },
      [{ epoch: 1, loss: 1 }],
    ),
  );
  const part = fc.constantFrom(...Object.keys(WHOLE), "best", "plateau", "constructor", "toString");
  fc.assert(
    fc.property(part, odd, (key, value) => judge(sealed(JSON.stringify({ ...WHOLE, [key]: value })))),
    SETTINGS,
  );
});

test("any text for the other fields", () => {
  const fields = fc.dictionary(
    fc.constantFrom("format", "version", "seed", "finished", "config"),
    fc.string(),
  );
  fc.assert(
    fc.property(fields, (changed) => judge(sealed(JSON.stringify(WHOLE), changed))),
    SETTINGS,
  );
});
