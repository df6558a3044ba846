// The cuts: every row of a batch and every parameter belongs to exactly one rank.
import { describe, expect, test } from "vitest";
import { netLayout } from "../../src/parallel/memory-layout.ts";
import { parameterSlices, rowsOf } from "../../src/parallel/shards.ts";

const WORLDS = [1, 2, 3, 5, 7, 16, 64];

describe("rows of a batch", () => {
  test.each(WORLDS)("%i ranks cover every row once, in order, evenly", (worldSize) => {
    for (const rows of [0, 1, 2, 6, 37, 100, 101]) {
      const cuts = Array.from({ length: worldSize }, (_, rank) => rowsOf(rows, worldSize, rank));
      expect(cuts[0]?.from).toBe(0);
      expect(cuts.at(-1)?.to).toBe(rows);
      for (const [rank, { from, to }] of cuts.entries()) {
        if (rank > 0) expect(from).toBe(cuts[rank - 1]?.to);
        expect(to - from).toBeGreaterThanOrEqual(Math.floor(rows / worldSize));
        expect(to - from).toBeLessThanOrEqual(Math.ceil(rows / worldSize));
      }
    }
  });
});

describe("slices of the parameters", () => {
  const nets = [
    [784, 50, 10],
    [1, 1, 2],
    [5, 3, 2],
    [20, 1000, 7],
    [1024, 8, 100],
    [30, 20, 9, 40, 3],
  ] as const;

  test.each(WORLDS)("%i ranks cover every parameter once", (worldSize) => {
    for (const sizes of nets) {
      const layout = netLayout(sizes);
      const slices = parameterSlices(layout, sizes.length - 1, worldSize);
      const owners = new Uint8Array(layout.length);
      for (const { elements } of slices)
        for (let i = elements.from; i < elements.to; i++) owners[i] = (owners[i] ?? 0) + 1;
      expect(owners.every((count) => count === 1)).toBe(true);
    }
  });

  test.each(WORLDS)(
    "%i ranks: each computes exactly the gradients of the parameters it updates",
    (worldSize) => {
      for (const sizes of nets) {
        const layout = netLayout(sizes);
        for (const { affines, elements } of parameterSlices(layout, sizes.length - 1, worldSize)) {
          const computed = new Uint8Array(layout.length);
          for (const { affine, rows, bias } of affines) {
            const W = layout.entries[`W${affine + 1}`];
            const b = layout.entries[`b${affine + 1}`];
            const columns = W?.shape[1] ?? 0;
            const start = W?.offset ?? 0;
            computed.fill(1, start + rows.from * columns, start + rows.to * columns);
            if (bias) computed.fill(1, b?.offset, (b?.offset ?? 0) + (b?.size ?? 0));
          }
          const wrong = Object.entries(layout.entries).flatMap(([name, { offset, size }]) =>
            Array.from({ length: size }, (_, i) => offset + i)
              .filter((i) => (computed[i] === 1) !== (i >= elements.from && i < elements.to))
              .map((i) => `${name}[${i - offset}]`),
          );
          expect(wrong).toEqual([]);
        }
      }
    },
  );

  test("the book's net is cut evenly: two ranks differ by less than a register tile's rows", () => {
    const [first, second] = parameterSlices(netLayout([784, 50, 10]), 2, 2);
    const size = (slice: typeof first): number => (slice ? slice.elements.to - slice.elements.from : 0);
    expect(Math.abs(size(first) - size(second))).toBeLessThan(2 * 8 * 50);
  });
});
