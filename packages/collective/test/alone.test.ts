// One rank alone keeps the contract of a world: what it sends comes back.
import { expect, test } from "vitest";
import { alone, CollectiveError, openWorld } from "../src/index.ts";

const sent = Uint8Array.of(1, 2, 3);

test("one rank receives what it sends, from every collective", () => {
  const world = openWorld(alone().address);
  expect([world.rank, world.size]).toEqual([0, 1]);
  const [gathered, exchanged, shared] = [new Uint8Array(3), new Uint8Array(3), Uint8Array.of(4)];
  world.barrier();
  world.allgather(sent, gathered);
  world.alltoall(sent, exchanged);
  world.bcast(shared, 0);
  world.allgatherParts(shared, [1], [0]);
  world.finalize();
  expect([...gathered, ...exchanged, ...shared]).toEqual([1, 2, 3, 1, 2, 3, 4]);
});

test("what one rank begins has come to its end at once", () => {
  const [gathered, exchanged] = [new Uint8Array(3), new Uint8Array(3)];
  const begun = [alone().startAllgather(sent, gathered), alone().startAlltoall(sent, exchanged)];
  for (const pending of begun) pending.wait();
  expect(begun.map((pending) => pending.test())).toEqual([true, true]);
  expect([...gathered, ...exchanged]).toEqual([1, 2, 3, 1, 2, 3]);
});

test("a room of another size, and a rank that is not there, are refused", () => {
  const world = alone();
  expect(() => world.allgather(sent, new Uint8Array(2))).toThrow(CollectiveError);
  expect(() => world.bcast(new Uint8Array(1), 1)).toThrow(/rank 1/);
});
