// What ranks must agree upon: how many of them there may be, what they are about to do, and when they stop.
import { alone, type World } from "@gradloom/collective";
import { expect, test } from "vitest";
import { configHash } from "../../../src/config/run-identity.ts";
import { UsageError } from "../../../src/errors.ts";
import { resolveOptions } from "../../../src/options.ts";
import { controlOf, createControlBuffer, SharedWish, Word } from "../../../src/parallel/control.ts";
import { isAgreed } from "../../../src/parallel/ranks/agreed.ts";
import { withShards } from "../../../src/parallel/ranks/check-shards.ts";
import { requireSame } from "../../../src/parallel/ranks/compare.ts";
import { StopWish } from "../../../src/parallel/stop-wish.ts";
import { thrownBy } from "../../support/thrown.ts";

const intention = { options: resolveOptions({ backend: "wasm" }), data: "ab", judgeEvery: 1 };

/** A world of two in which the other rank sends what `change` makes of this one's bytes. */
function pair(change: (text: string) => string): World {
  return {
    ...alone(),
    size: 2,
    allgather(sent, received) {
      // Lengths: the other text may be longer.
      const [length = 0] = new Int32Array(sent.slice().buffer);
      const other = new TextEncoder().encode(change("x".repeat(length)));
      received.set(new Uint8Array(Int32Array.of(length, other.length).buffer));
    },
    allgatherParts(shared, [count = 0]) {
      const mine = new TextDecoder().decode(shared.slice(0, count));
      shared.set(new TextEncoder().encode(change(mine)), count);
    },
  };
}

test("ranks with one intention begin", () => {
  expect(() =>
    requireSame(
      pair((text) => text),
      intention,
    ),
  ).not.toThrow();
});

test.each([
  ["other data", '\\"ab\\"', '\\"cd\\"', 'rank 0 has data "ab", and rank 1 has "cd"'],
  ["another backend", '\\"wasm\\"', '\\"blas\\"', 'rank 0 has backend "wasm", and rank 1 has "blas"'],
  ["another batch", '"batchSize":"100"', '"batchSize":"200"', "rank 0 has batchSize 100, and rank 1 has 200"],
])("%s is named, and all ranks know of it", (_, from, to, message) => {
  const error = thrownBy(() =>
    requireSame(
      pair((text) => text.replace(from, to)),
      intention,
    ),
  );
  expect(error).toBeInstanceOf(UsageError);
  expect(error).toMatchObject({ message: expect.stringContaining(message) });
  expect(isAgreed(error)).toBe(true);
});

test("whether zeros are skipped must be the same on a native BLAS, and may differ elsewhere", () => {
  const differ = pair((text) => text.replace('\\"on\\"', '\\"no\\"'));
  const native = resolveOptions({ backend: "blas", sparse: "on" });
  expect(() => requireSame(differ, { ...intention, options: native })).toThrow(
    'rank 0 has sparse "on", and rank 1 has "no"',
  );
  expect(() => requireSame(differ, { ...intention, options: { ...native, backend: "wasm" } })).not.toThrow();
});

test.each([1, 2, 4, 8])("%i ranks share 8 shards when nobody says otherwise", (size) => {
  expect(withShards({ batchSize: 100 }, { rank: 0, size })).toEqual({ batchSize: 100, shards: 8 });
});

test.each([
  [3, undefined, "3 ranks do not share 8 shards evenly: expected 1, 2, 4, 8"],
  [16, undefined, "expected --shards 16 or more"],
  [2, 1, "2 ranks do not share 1 shards evenly"],
])("%i ranks with %s shards are refused", (size, shards, message) => {
  expect(() => withShards({ shards }, { rank: 0, size })).toThrow(message);
});

test.each([
  [{ shards: 6 }, "shards 6: expected a power of two, such as 8"],
  [{ shards: 128 }, "shards 128 needs batchSize of at least 128"],
  [{ shards: 4, overfitOneBatch: true }, "overfitOneBatch has no meaning with shards 4"],
])("%j is refused", (options, message) => {
  expect(() => resolveOptions(options)).toThrow(UsageError);
  expect(() => resolveOptions(options)).toThrow(message);
});

test("one shard is the run that it always was; another number, but no time limit of peers or overlap, makes it another run", () => {
  const hash = configHash(resolveOptions());
  expect(configHash(resolveOptions({ shards: 1, peerTimeout: 5, overlap: "on" }))).toBe(hash);
  expect(configHash(resolveOptions({ shards: 2 }))).not.toBe(hash);
});

test("beside other processes a wish to stop counts when all have heard of it, a signal's before all others", () => {
  const { words } = controlOf(createControlBuffer());
  const stop = new StopWish(words, true);
  stop.ask("time limit");
  expect(Atomics.load(words, Word.STOP)).toBe(SharedWish.TIME_LIMIT);
  expect([stop.reason, stop.atOnce]).toEqual([undefined, false]);
  Atomics.or(words, Word.AGREED, SharedWish.TIME_LIMIT);
  expect([stop.reason, stop.atOnce]).toEqual(["time limit", false]);
  Atomics.or(words, Word.AGREED, SharedWish.SIGNAL);
  expect([stop.reason, stop.atOnce]).toEqual(["signal", true]);
});
