// Counts right answers: ranks take blocks of rows from a shared counter, so a slow rank simply takes fewer.
// A sum of whole numbers does not depend on who counted, nor on how many did.
import { argmax, forward } from "@gradloom/core";
import ndarray from "ndarray";
import { type Control, Word } from "./control.ts";
import type { RankState } from "./rank-state.ts";
import { rowsOf } from "./shards.ts";

export function countCorrect(state: RankState, split: "train" | "test", { words }: Control): void {
  const { images, labels, scale } = split === "train" ? state : state.test;
  // This rank's part of the minibatch buffers is the room it has for a block.
  const room = rowsOf(state.x.shape[0] ?? 0, state.worldSize, state.rank);
  const block = room.to - room.from;
  if (block === 0) return;
  const rows = ndarray(new Int32Array(block));
  let correct = 0;
  for (;;) {
    const start = Atomics.add(words, Word.NEXT_ROW, block);
    if (start >= labels.size) break;
    const count = Math.min(block, labels.size - start);
    for (let i = 0; i < count; i++) rows.set(i, start + i);
    const x = state.x.lo(room.from, 0).hi(count, -1);
    const out = state.out.map((whole) => whole.lo(room.from, 0).hi(count, -1));
    state.kernels.gatherRows(images, rows.hi(count), x, scale);
    const classes = argmax(forward(state.net.layers, x, out));
    for (let i = 0; i < count; i++) if (classes.get(i) === labels.get(start + i)) correct++;
  }
  Atomics.add(words, Word.CORRECT, correct);
}
