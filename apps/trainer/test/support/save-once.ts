// Saves one checkpoint in the folder that is named and ends: a process for a test to trace and to kill.
import { saveCheckpoint } from "../../src/checkpoint/checkpoint-folder.ts";
import { epochRecord, sampleCheckpoint } from "./sample-state.ts";

const [folder = "", epoch = "1"] = process.argv.slice(2);
const history = Array.from({ length: Number(epoch) }, (_, i) => epochRecord(i + 1));
// Large enough that a cut file is a cut file.
const parameters = Float32Array.from({ length: 50_000 }, (_, i) => i * Number(epoch));
const optimizer = { m: parameters, v: parameters };
const { best: _, ...state } = sampleCheckpoint({
  epoch: Number(epoch),
  step: 9,
  history,
  parameters,
  optimizer,
}).state;
await saveCheckpoint(folder, { ...sampleCheckpoint(), state }, { keep: 2 });
