// How rows and sums are cut: into parts that depend on the number of shards alone, whoever has them.
import { permutation } from "@gradloom/core";
import { expect, test } from "vitest";
import { fillShardOrder } from "../../../src/parallel/ranks/shard-order.ts";
import {
  ownRowsAfterSteps,
  rowsAfterSteps,
  type ShardShare,
  shareOf,
  sizeOf,
  stepRows,
} from "../../../src/parallel/ranks/share.ts";
import { sumInTree, treeSum } from "../../../src/parallel/ranks/tree.ts";

const sizes = [
  { rows: 3000, batchSize: 100, shards: 8 },
  { rows: 601, batchSize: 37, shards: 4 },
  { rows: 10, batchSize: 4, shards: 4 },
  { rows: 5, batchSize: 8, shards: 8 },
];

function sharesOf({ rows, ...options }: (typeof sizes)[number], size: number): ShardShare[] {
  return Array.from({ length: size }, (_, rank) => {
    const share = shareOf(rows, options, { rank, size });
    if (share === undefined) throw new Error("a run of one shard");
    return share;
  });
}

test.each(sizes)("$rows rows in $shards shards: every row once an epoch, on the rank that has it", (size) => {
  for (const ranks of [1, 2, 4]) {
    const seen = sharesOf(size, ranks).flatMap((share) => {
      const order = new Int32Array(sizeOf(share.rows));
      fillShardOrder(order, 3, 7, share);
      expect(ownRowsAfterSteps(share, share.steps)).toBe(order.length);
      return [...order].map((row) => share.rows.from + row);
    });
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: size.rows }, (_, row) => row));
  }
});

test.each(sizes)("$rows rows in $shards shards: a step has the same rows for any number of ranks", (size) => {
  const [alone] = sharesOf(size, 1);
  if (alone === undefined) throw new Error("one rank");
  const order = new Int32Array(size.rows);
  fillShardOrder(order, 2, 1, alone);
  for (const ranks of [2, 4]) {
    const shares = sharesOf(size, ranks);
    const orders = shares.map((share) => {
      const own = new Int32Array(sizeOf(share.rows));
      fillShardOrder(own, 2, 1, share);
      return own;
    });
    for (let step = 0; step < alone.steps; step++) {
      const [from, to] = [rowsAfterSteps(alone, step), rowsAfterSteps(alone, step + 1)];
      const parts = shares.flatMap((share, rank) => {
        const [start, end] = [ownRowsAfterSteps(share, step), ownRowsAfterSteps(share, step + 1)];
        if (end - start > share.batchRows)
          throw new Error(`step ${step} has no room for ${end - start} rows`);
        return [...(orders[rank] ?? [])].slice(start, end).map((row) => share.rows.from + row);
      });
      expect(parts).toEqual([...order.subarray(from, to)]);
    }
  }
});

test("the order of a shard is a permutation of its own rows by seed, epoch and shard", () => {
  const [share] = sharesOf({ rows: 8, batchSize: 8, shards: 2 }, 1);
  if (share === undefined) throw new Error("one rank");
  const order = new Int32Array(8);
  fillShardOrder(order, 5, 9, share);
  const of = (shard: number): number[] =>
    [...permutation(4, { seed: 9, stream: `shuffle/5/shard-${shard}` })].map((row) => 4 * shard + row);
  expect([...order]).toEqual([...of(0), ...of(1)]);
  expect(stepRows(share, 1, 0)).toEqual({ from: 0, to: 4 });
});

test("a tree adds neighbours first, and halves of it are trees themselves", () => {
  const name = (parts: number, first = 0): string => {
    const places: string[] = [];
    sumInTree(
      parts,
      (part, place) => {
        places[place] = String(first + part);
      },
      (from, to) => {
        places[to] = `(${places[to]}+${places[from]})`;
      },
    );
    return places[0] ?? "";
  };
  expect(name(8)).toBe("(((0+1)+(2+3))+((4+5)+(6+7)))");
  expect(name(8)).toBe(`(${name(4)}+${name(4, 4)})`);
  expect(name(1)).toBe("0");
  // In this order the small numbers are not lost; from left to right they are.
  expect(treeSum([2 ** 53, 0, 1, 1])).toBe(2 ** 53 + 2);
});
