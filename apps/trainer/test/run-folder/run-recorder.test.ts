// What a run writes while it trains: lines for every epoch, checkpoints in their time, and errors when the disk fails.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkpointBytes } from "../../src/checkpoint/checkpoint-bytes.ts";
import { CheckpointError } from "../../src/errors.ts";
import { type RecorderSettings, RunRecorder } from "../../src/run-folder/run-recorder.ts";
import { folderOf } from "../support/data-folder.ts";
import { faultyDisk } from "../support/faulty-disk.ts";
import { epoch as epochEvent } from "../support/sample-events.ts";
import { epochRecord, sampleCheckpoint, sampleState } from "../support/sample-state.ts";

const MODEL = Uint8Array.of(1, 2, 3);

/** A recorder whose clock the test moves; an epoch has 10 steps. */
async function recording(changes: Partial<RecorderSettings> = {}) {
  const folder = folderOf({});
  const clock = { seconds: 0 };
  const recorder = await RunRecorder.start({
    folder,
    keep: 2,
    checkpointEvery: 10,
    stepsPerEpoch: 10,
    tensorboard: false,
    identity: async () => ({ config: "c", data: "d", seed: 0 }),
    modelOf: () => MODEL,
    now: () => clock.seconds * 1000,
    ...changes,
  });
  const lines = (name: string) => readFileSync(join(folder, name), "utf8").split("\n").slice(0, -1);
  return { folder, clock, recorder, lines };
}

/** The state after so many epochs. */
const after = (epochs: number) =>
  sampleState({
    epoch: epochs,
    step: 10,
    history: Array.from({ length: epochs }, (_, i) => epochRecord(i + 1)),
  });

const checkpointsIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith("checkpoint")).length;

test("every epoch has its line, also those whose state was never given", async () => {
  const { recorder, lines } = await recording();
  recorder.onEvent({ ...epochEvent, epoch: 1 });
  await recorder.save(after(1));
  await recorder.save(after(4));
  expect(lines("metrics.jsonl").map((line) => JSON.parse(line))).toEqual([1, 2, 3, 4].map(epochRecord));
  expect(lines("timing.jsonl")).toEqual(['{"epoch":1,"seconds":0.6,"samplesPerSecond":98765}']);
  await recorder.close();
});

test("a checkpoint is written when the time has come, and the model beside it", async () => {
  const { recorder, clock, folder } = await recording();
  await recorder.save(after(1));
  expect(checkpointsIn(folder)).toBe(0);
  clock.seconds = 10;
  await recorder.save(after(2));
  expect(checkpointsIn(folder)).toBe(1);
  expect(new Uint8Array(readFileSync(join(folder, "model.safetensors")))).toEqual(MODEL);
  clock.seconds = 19;
  await recorder.save(after(3));
  expect(checkpointsIn(folder)).toBe(1);
  await recorder.close();
});

test("a state in the middle of an epoch is saved at once: the run is being stopped", async () => {
  const { recorder, folder } = await recording();
  await recorder.save(sampleState({ step: 3 }));
  expect(recorder.savedAs).toBe(join(folder, "checkpoint-0000003-0000000003.safetensors"));
  expect(existsSync(recorder.savedAs ?? "")).toBe(true);
  await recorder.close();
});

test("a run that ends early saves what was not saved yet, once", async () => {
  const { recorder, folder } = await recording();
  await recorder.saveLatest();
  expect(checkpointsIn(folder)).toBe(0);
  await recorder.save(after(2));
  await recorder.saveLatest();
  await recorder.saveLatest();
  expect(checkpointsIn(folder)).toBe(1);
  await recorder.close();
});

test("a disk that is full ends the save with a CheckpointError; the lines and the last checkpoint stay", async () => {
  // Room for two checkpoints, and for no third.
  const { length } = checkpointBytes({ ...sampleCheckpoint(), state: after(2) });
  const { recorder, folder, lines } = await recording({
    checkpointEvery: 0,
    disk: faultyDisk({ room: 2.5 * length }),
  });
  await recorder.save(after(1));
  await recorder.save(after(2));
  const failing = recorder.save(after(3));
  await expect(failing).rejects.toBeInstanceOf(CheckpointError);
  await expect(failing).rejects.toThrow(/bytes .*needed \(ENOSPC/);
  expect(readdirSync(folder).some((name) => name.endsWith(".tmp"))).toBe(false);
  expect(checkpointsIn(folder)).toBeGreaterThan(0);
  expect(lines("metrics.jsonl")).toHaveLength(3);
  await recorder.close();
});

test("TensorBoard's file grows with the epochs", async () => {
  const { recorder, folder } = await recording({ tensorboard: true });
  await recorder.save(after(1));
  const [name = ""] = readdirSync(join(folder, "tensorboard"));
  const size = () => readFileSync(join(folder, "tensorboard", name)).length;
  const before = size();
  await recorder.save(after(2));
  expect(size()).toBeGreaterThan(before);
  await recorder.close();
});
