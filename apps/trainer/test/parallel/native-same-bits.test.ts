// The promise of the engine on a native BLAS, whose bits depend on the size of a product: the number of workers still
// changes no bit of the weights. On every library that is found here.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Dataset, limitRows, type TrainingData } from "../../src/data/dataset.ts";
import { loadMnist } from "../../src/data/mnist.ts";
import type { TrainingOptions } from "../../src/options.ts";
import { type Trained, train, trainOn } from "../../src/train.ts";
import type { TrainingState } from "../../src/training-state.ts";
import { blasHere, dependsOnSize } from "../support/blas-here.ts";

const full = process.env.SAME_BITS === "full";
const ALL = [1, 2, 3, 5];
/** Every thread costs a start: the everyday run takes all counts where most is cut, and an uneven one elsewhere. */
const SOME = full ? ALL : [1, 3];

const { libraries, reason } = blasHere();
if (libraries.length === 0) {
  process.stderr.write(
    `SKIPPED: the same bits for any number of workers on a native BLAS, because ${reason}\n`,
  );
}

let data: TrainingData;

beforeAll(async () => {
  const mnist = await loadMnist();
  data = { ...mnist, train: limitRows(mnist.train, 601), test: limitRows(mnist.test, 150) };
});

interface Case {
  readonly name: string;
  readonly options: Partial<TrainingOptions>;
  readonly counts: readonly number[];
  /** Inputs as floats: those of bytes that are multiplied become floats anyway. */
  readonly floats?: boolean;
  /** For the long suite alone: what it cuts, others cut too, or our own kernels do by other tests. */
  readonly long?: boolean;
}

const CASES: readonly Case[] = [
  {
    name: "three hidden layers, a tail of 9 rows",
    options: { hidden: [40, 30, 20], batchSize: 37 },
    counts: ALL,
  },
  {
    name: "adam in float64, clipped, a tail of 1 row",
    options: { batchSize: 100, optimizer: "adam", dtype: "float64", clipNorm: 1 },
    counts: SOME,
  },
  { name: "all rows in one batch", options: { batchSize: 601 }, counts: SOME, long: true },
  { name: "the pieces of this machine", options: { pieces: undefined, batchSize: 100 }, counts: SOME },
  { name: "a single piece", options: { pieces: 1, limit: 100 }, counts: [1, 2] },
  {
    name: "three hidden layers, adam",
    options: { hidden: [40, 30, 20], optimizer: "adam" },
    counts: SOME,
    long: true,
  },
  { name: "batch 2: fewer rows than workers", options: { batchSize: 2, limit: 41 }, counts: SOME },
  { name: "a batch of one row", options: { batchSize: 1, limit: 60 }, counts: SOME, long: true },
  {
    name: "zeros of bytes skipped, adam, a tail of 9 rows",
    options: { sparse: "on", hidden: [40, 30], batchSize: 37, optimizer: "adam" },
    counts: ALL,
  },
  {
    // Whole minibatches are large enough for it in pieces of 200 rows, but not the tail.
    name: "bytes shared out between the library and our kernels, a tail of 201 rows",
    options: { sparse: "on", hidden: [260], batchSize: 400, pieces: 2 },
    counts: [1, 2],
  },
  { name: "zeros of floats skipped", options: { sparse: "on", batchSize: 60 }, counts: SOME, floats: true },
  {
    name: "zeros skipped in float64 and 4 shards",
    options: { sparse: "on", shards: 4, batchSize: 150, dtype: "float64" },
    counts: SOME,
    long: true,
  },
  { name: "in 4 shards, with a tail", options: { shards: 4, batchSize: 150 }, counts: SOME },
];

/** All that a run comes to, but for its clock, its net and its number of workers. */
function outcome({ net, workers, seconds, samplesPerSecond, ...rest }: Trained): object {
  return rest;
}

/** The same rows, each a number from 0 to 1. */
function asFloats(set: Dataset): Dataset {
  return { ...set, images: Float32Array.from(set.images, (byte) => byte / 255), scale: 1 };
}

/** What differs among libraries is how they add: the everyday run shows that on one. */
const tested = full ? libraries : libraries.slice(0, 1);

describe.each(tested)("$name, $version", ({ path }) => {
  beforeEach(() => void vi.stubEnv("GRADLOOM_BLAS", path));
  afterEach(() => void vi.unstubAllEnvs());

  test.each(CASES.filter(({ long = false }) => full || !long))(
    "$name: $counts workers, one SHA-256 and one judgement",
    async ({ options, counts, floats = false }) => {
      const settings = {
        epochs: 2,
        seed: 7,
        backend: "blas",
        hidden: 50,
        evaluateEvery: 1,
        pieces: 5,
        sparse: "off",
        ...options,
      } as const;
      const results: object[] = [];
      const given = floats ? { ...data, train: asFloats(data.train), test: asFloats(data.test) } : data;
      for (const workers of counts) results.push(outcome(await train(given, { ...settings, workers })));
      for (const result of results) expect(result).toEqual(results[0]);
      expect(results[0]).toMatchObject({ sparse: settings.sparse === "on" });
    },
  );

  test.for([
    { dtype: "float32", batchSize: 37, hidden: [40, 30, 20] },
    { dtype: "float64", batchSize: 100, hidden: [50] },
  ] as const)(
    "without fixed cuts $dtype, batch $batchSize, breaks where products do",
    async (options, { skip }) => {
      const { dtype, batchSize, hidden } = options;
      if (!dependsOnSize(dtype, [batchSize, 784, hidden[0]])) skip("this library adds these in one order");
      const hashOf = async (workers: number): Promise<string> => {
        const settings = { epochs: 2, seed: 7, backend: "blas", sparse: "off", ...options, workers } as const;
        return (await trainOn(data, settings, {}, { fixedCuts: false })).sha256;
      };
      expect(await hashOf(3)).not.toBe(await hashOf(1));
    },
  );
});

describe.skipIf(libraries.length === 0)("a run that goes on", () => {
  test("with another number of workers has the bits of one that never stopped, its judgements too", async () => {
    const judged = { ...data, validation: limitRows(data.test, 130) };
    const options = {
      epochs: 3,
      pieces: 3,
      batchSize: 37,
      hidden: [40, 20],
      seed: 5,
      optimizer: "adam",
      backend: "blas",
    } as const;
    const states: TrainingState[] = [];
    const whole = await train(
      judged,
      { ...options, workers: 2 },
      { save: (state) => void states.push(state) },
    );
    const [resume] = states;
    if (resume === undefined) throw new Error("nothing was saved");
    for (const workers of [1, 3]) {
      const resumed = await train(judged, { ...options, workers }, { resume });
      expect([resumed.sha256, resumed.history]).toEqual([whole.sha256, whole.history]);
    }
  });

  test("has no more workers than there are pieces", async () => {
    const options = { workers: 9, epochs: 1, limit: 100, hidden: 20, backend: "blas", pieces: 3 } as const;
    expect((await train(data, options)).workers).toBe(3);
  });
});
