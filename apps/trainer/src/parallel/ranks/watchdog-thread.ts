// A thread that does nothing but look whether collectives come to an end, and ends the process when one does not:
// whoever is inside MPI cannot be interrupted in any other way.
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { exitAtOnce, type WorldAddress } from "@gradloom/collective";
import { Heartbeat } from "./heartbeat.ts";

export interface WatchdogData {
  readonly heartbeat: SharedArrayBuffer;
  readonly address: WorldAddress;
  readonly rank: number;
}

const LOOK_MS = 250;
/** WorkerLostError's: a peer is lost as a worker is. */
const EXIT_CODE = 6;

const { heartbeat: buffer, address, rank } = workerData as WatchdogData;
const heartbeat = new Heartbeat(buffer);
let seen = heartbeat.finished;
let since = performance.now();
for (;;) {
  heartbeat.sleep(LOOK_MS);
  const now = performance.now();
  // A machine that slept, or a process that was stopped itself, has not given its peers their time.
  const jumped = now - since > heartbeat.patienceMs + 20 * LOOK_MS;
  if (!heartbeat.isInside || heartbeat.finished !== seen || jumped) {
    seen = heartbeat.finished;
    since = now;
  } else if (now - since > heartbeat.patienceMs) {
    const seconds = heartbeat.patienceMs / 1000;
    writeSync(
      2,
      `gradloom: rank ${rank}: no exchange with the other ranks has come to its end for ${seconds} s (--peer-timeout): ` +
        "one of them is dead, stopped or cut off. Ending; the last checkpoint is whole: go on with --resume.\n",
    );
    exitAtOnce(address, EXIT_CODE);
  }
}
