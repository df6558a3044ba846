// The conveyor of buckets, on one rank of two whose other one is made up: one order of collectives however often it is
// asked, the sums that come back, and what is said with them.
import type { Bytes, Pending, World } from "@gradloom/collective";
import { alone } from "@gradloom/collective";
import { createKernels } from "@gradloom/kernels";
import { beforeEach, expect, test, vi } from "vitest";
import { resolveOptions } from "../../../src/options.ts";
import { viewOf } from "../../../src/parallel/place.ts";
import { Exchange } from "../../../src/parallel/ranks/exchange.ts";
import { Heartbeat } from "../../../src/parallel/ranks/heartbeat.ts";
import { packing } from "../../../src/parallel/ranks/packing.ts";
import { planRun, type RunPlan } from "../../../src/parallel/run-plan.ts";

/** What the exchange has called, and after how many tests each collective ends. */
const { log, pace } = vi.hoisted(() => ({ log: [] as string[], pace: { tests: 0, otherIteration: 7 } }));

vi.mock("@gradloom/collective", async (original) => ({
  ...(await original<typeof import("@gradloom/collective")>()),
  openWorld: () => pairedWorld(),
}));

/** The other rank has the same gradients, and says a loss of 2 and a wish of 4. */
function pairedWorld(): World {
  const begun = (name: string, end: () => void): Pending => {
    log.push(name);
    let left = pace.tests;
    let ended = false;
    const wait = (): void => {
      if (!ended) end();
      ended = true;
    };
    return {
      test: () => {
        if (left-- > 0) return ended;
        wait();
        return true;
      },
      wait,
    };
  };
  return {
    ...alone(),
    size: 2,
    startAlltoall: (sent: Bytes, received: Bytes) =>
      begun("alltoall", () => {
        const half = sent.length / 2;
        for (const start of [0, half]) received.set(sent.subarray(0, half), start);
        const words = new Float64Array(received.buffer, received.byteOffset + 2 * half - 64, 3);
        words.set([2, 4, pace.otherIteration]);
      }),
    startAllgather: (sent: Bytes, received: Bytes) =>
      begun("allgather", () => {
        // The other rank's slice is its own affair: minus ones mark it.
        const floats = new Float32Array(received.buffer, received.byteOffset, received.length / 4).fill(-1);
        new Uint8Array(floats.buffer, floats.byteOffset).set(sent);
      }),
  };
}

function planOf(buckets: number): RunPlan {
  const set = {
    images: new Uint8Array(64),
    labels: new Int32Array(8),
    rows: 8,
    columns: 8,
    classes: 2,
    scale: 1,
  };
  const options = resolveOptions({ hidden: 64, batchSize: 8, shards: 2, workers: 1, backend: "wasm" });
  const address = { world: { kind: "alone" as const }, heartbeat: new Heartbeat().words.buffer };
  const ranks = { world: { rank: 0, size: 2 }, address };
  return planRun({ name: "", train: set, test: set }, [8, 64, 2], options, {
    cores: 1,
    sparseInput: false,
    ranks,
    buckets,
  });
}

beforeEach(() => {
  log.length = 0;
  pace.otherIteration = 7;
});

const EACH_BUCKET = ["alltoall", "allgather"];

test.each([0, 1, 2, 5])(
  "collectives that end after %i looks are begun in one order, and all arrive",
  (tests) => {
    pace.tests = tests;
    const plan = planOf(4);
    const { exchange } = plan.arrays;
    if (exchange === undefined) throw new Error("no exchange");
    expect(exchange.buckets).toHaveLength(4);
    const gradients = viewOf(plan.memory, exchange.gradients).data;
    const pack = packing(plan, { from: 0, to: gradients.length });
    const conveyor = new Exchange(plan, createKernels({ backend: "wasm" }));
    for (const looks of [0, 1, 3]) {
      log.length = 0;
      gradients.forEach((_, i) => {
        gradients[i] = i;
      });
      pack();
      conveyor.begin({ loss: 1, wish: 1, iteration: 7 });
      for (let bucket = 0; bucket < 4; bucket++) {
        conveyor.addPacked();
        for (let look = 0; look < looks; look++) conveyor.moveOn();
      }
      expect(conveyor.end()).toEqual({ loss: 3, wish: 5 });
      expect(log).toEqual([EACH_BUCKET, EACH_BUCKET, EACH_BUCKET, EACH_BUCKET].flat());
      // Of every bucket this rank has the first half: twice its own.
      for (const { from, slice } of exchange.buckets) {
        const [mine, other] = [
          gradients.slice(from, from + slice),
          gradients.slice(from + slice, from + 2 * slice),
        ];
        expect([...mine]).toEqual([...mine.keys()].map((i) => 2 * (from + i)));
        expect(other.every((value) => value === -1)).toBe(true);
      }
    }
  },
);

test("a rank that is at another step is named", () => {
  pace.tests = 0;
  pace.otherIteration = 6;
  const conveyor = new Exchange(planOf(2), createKernels({ backend: "wasm" }));
  conveyor.begin({ loss: 1, wish: 0, iteration: 7 });
  expect(() => conveyor.addPacked()).toThrow("rank 1 is at step 6 of the run, and rank 0 at 7");
});

test("a step's end before its last bucket is an error of ours", () => {
  pace.tests = 0;
  const conveyor = new Exchange(planOf(2), createKernels({ backend: "wasm" }));
  conveyor.begin({ loss: 1, wish: 0, iteration: 7 });
  conveyor.addPacked();
  expect(() => conveyor.end()).toThrow("only 1 of 2 buckets have been packed");
});
