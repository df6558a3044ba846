// Evaluates rows on one rank: ranks take blocks of rows from a shared counter, so a slow rank simply takes fewer.
// Each row's class and loss go to that row's own place, so nothing depends on who evaluated it, nor on how many did.
import { argmax, forward } from "@gradloom/core";
import ndarray from "ndarray";
import { type Control, Wish, Word } from "./control.ts";
import type { Split } from "./memory-layout.ts";
import type { RankState } from "./rank-state.ts";
import { rowsOf } from "./shards.ts";

export function evaluateRows(state: RankState, split: Split, { words }: Control): void {
  const samples = state[split];
  if (samples === undefined) throw new RangeError(`this run has no ${split} rows`);
  const { images, labels, scale } = samples;
  const { net, kernels, evaluated } = state;
  // This rank's part of the buffers is the room it has for a block.
  const room = rowsOf(state.x.shape[0] ?? 0, state.worldSize, state.rank);
  const block = room.to - room.from;
  if (block === 0) return;
  const rows = ndarray(new Int32Array(block));
  for (;;) {
    const start = Atomics.add(words, Word.NEXT_ROW, block);
    if (start >= labels.size || Atomics.load(words, Word.STOP) === Wish.AT_ONCE) return;
    const count = Math.min(block, labels.size - start);
    for (let i = 0; i < count; i++) rows.set(i, start + i);
    const x = state.x.lo(room.from, 0).hi(count, -1);
    const out = state.out.map((whole) => whole.lo(room.from, 0).hi(count, -1));
    kernels.gatherRows(images, rows.hi(count), x, scale);
    const scores = forward(net.layers, x, out);
    net.lastLayer.forward(scores, labels.lo(start).hi(count), {
      y: state.y.lo(room.from, 0).hi(count, -1),
      losses: evaluated.losses.lo(start).hi(count),
    });
    const predicted = argmax(scores);
    for (let i = 0; i < count; i++) evaluated.predicted.set(start + i, predicted.get(i));
  }
}
