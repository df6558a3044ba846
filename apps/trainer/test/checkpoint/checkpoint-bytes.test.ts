// A checkpoint's bytes: they keep every bit, and no byte of them can change unnoticed.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkpointBytes, readCheckpoint } from "../../src/checkpoint/checkpoint-bytes.ts";
import { seal } from "../../src/checkpoint/sealed-file.ts";
import { CheckpointError } from "../../src/errors.ts";
import { folderOf } from "../support/data-folder.ts";
import { epochRecord, sampleCheckpoint } from "../support/sample-state.ts";
import { thrownBy } from "../support/thrown.ts";

const bytes = checkpointBytes(sampleCheckpoint());

/** The bytes with `from` replaced by the equally long `to`, and sealed again: a file that was made on purpose. */
function forged(from: string, to: string): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  expect(text).toContain(from);
  expect(to).toHaveLength(from.length);
  const changed = Buffer.from(
    text.replace(/("sha256":")[0-9a-f]{64}/, `$1${"0".repeat(64)}`).replace(from, to),
    "latin1",
  );
  seal(changed);
  return changed;
}

function refusal(file: Uint8Array): string {
  const error = thrownBy(() => readCheckpoint(file, "file"));
  expect(error).toBeInstanceOf(CheckpointError);
  return error instanceof CheckpointError ? error.message : "";
}

describe("what comes back", () => {
  test("every bit of a float32 state: −0, NaN, Infinity, the smallest number", () => {
    const { state } = readCheckpoint(bytes, "file");
    expect(state).toEqual(sampleCheckpoint().state);
    expect(Object.is(state.parameters[1], -0)).toBe(true);
  });

  test("every bit of a float64 state, and losses that JSON cannot hold", () => {
    const checkpoint = sampleCheckpoint({
      lossSum: -0,
      parameters: Float64Array.of(0.1, 5e-324, -0),
      optimizer: { m: Float64Array.of(1 / 3, 2 / 3, 1) },
      best: { epoch: 1, loss: Number.NaN, parameters: Float64Array.of(1, 2, 3) },
    });
    expect(readCheckpoint(checkpointBytes(checkpoint), "file")).toEqual(checkpoint);
  });

  test("a state without optimizer, plateau and best", () => {
    const { plateau: _, best: __, ...state } = sampleCheckpoint({ optimizer: {} }).state;
    const checkpoint = { ...sampleCheckpoint(), state, finished: true };
    expect(readCheckpoint(checkpointBytes(checkpoint), "file")).toEqual(checkpoint);
  });

  test("the same checkpoint gives the same bytes", () => {
    expect(checkpointBytes(sampleCheckpoint())).toEqual(bytes);
  });

  test("NumPy reads the same numbers with twenty lines of its own", () => {
    const file = join(folderOf({}), "checkpoint.safetensors");
    writeFileSync(file, bytes);
    const script = [
      "import json, sys, numpy as np",
      "raw = open(sys.argv[1], 'rb').read()",
      "n = int.from_bytes(raw[:8], 'little')",
      "header = json.loads(raw[8:8 + n])",
      "begin, end = header['optimizer/v']['data_offsets']",
      "v = np.frombuffer(raw[8 + n:][begin:end], '<f4')",
      "print(json.dumps([header['__metadata__']['epoch'], header['__metadata__']['step'], v.tolist()]))",
    ].join("\n");
    const told = JSON.parse(execFileSync("python3", ["-c", script, file], { encoding: "utf8" }));
    expect(told).toEqual(["3", "41", [0.1, 0.2, 0.3, 0.4, 0.5].map(Math.fround)]);
  });
});

describe("what is refused", () => {
  test("any byte with any bit flipped", () => {
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      expect(refusal(flipped), `byte ${at}`).toMatch(/^file: is (damaged|no checkpoint)/);
    }
  });

  test("every prefix, and a byte too many", () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(refusal(bytes.subarray(0, length))).toMatch(/^file: is (damaged|no checkpoint)/);
    }
    expect(refusal(Uint8Array.of(...bytes, 0))).toContain("is damaged");
  });

  test.each([
    [
      "a later version",
      '"version":"1"',
      '"version":"2"',
      "it has version 2, and this gradloom reads version 1",
    ],
    ["another format", '"gradloom checkpoint"', '"gradloom checkmate!"', "its format is another one"],
    ["no state", '"state":"', '"stale":"', "its metadata has no state"],
    ["an epoch that is no count", 'epoch\\":3,', 'epoch\\":-,', "cannot be read"],
    ["an optimizer that is no vector", "$vector", "$factor", "its state is not that of a run"],
    [
      "a vector that is missing",
      '$vector\\":\\"optimizer/m',
      '$vector\\":\\"optimizer/n',
      'no vector "optimizer/n"',
    ],
  ])("%s, however well sealed", (_, from, to, message) => {
    expect(refusal(forged(from, to))).toContain(message);
  });

  test.each([
    ["out of order", [2, 1]],
    ["twice", [1, 1]],
    ["still to come", [1, 4]],
    ["before the first", [0, 1]],
  ])("history of epochs %s", (_, epochs) => {
    const checkpoint = sampleCheckpoint({ history: epochs.map(epochRecord) });
    expect(refusal(checkpointBytes(checkpoint))).toMatch(/its history tells of epoch \d where it cannot be/);
  });

  test("vectors of unequal length", () => {
    const checkpoint = sampleCheckpoint({ optimizer: { m: Float32Array.of(1) } });
    expect(refusal(checkpointBytes(checkpoint))).toContain("m does not fit its parameters");
  });

  test("a state with __proto__ for a key: nothing is polluted", () => {
    const state = JSON.parse('{"__proto__":{"polluted":1}}');
    const checkpoint = { ...sampleCheckpoint(), state: { ...sampleCheckpoint().state, plateau: state } };
    expect(refusal(checkpointBytes(checkpoint))).toContain("a key is __proto__");
    expect({}).not.toHaveProperty("polluted");
  });
});
