// Evaluates rows on one rank: ranks take blocks of rows from a shared counter, so a slow rank simply takes fewer.
// Each row's class and loss go to that row's own place, so nothing depends on who evaluated it, nor on how many did.
import { argmax, forward } from "@gradloom/core";
import ndarray from "ndarray";
import type { Barrier } from "./barrier.ts";
import { type Control, Wish, Word } from "./control.ts";
import type { Split } from "./memory-layout.ts";
import type { RankState } from "./rank-state.ts";
import { gatherEvaluation } from "./ranks/gather-evaluation.ts";
import { judgedRows } from "./ranks/share.ts";
import type { RunPlan } from "./run-plan.ts";
import { type Range, rowsOf } from "./shards.ts";

export function evaluateRows(
  plan: RunPlan,
  state: RankState,
  split: Split,
  { words }: Control,
  barrier: Barrier,
): void {
  const { share } = plan;
  const rows = state[split]?.allLabels.size ?? 0;
  const ownTraining = split === "train";
  const mine = judgedRows(share, rows, ownTraining);
  evaluatePart(
    state,
    split,
    mine,
    () => plan.ranks === undefined && Atomics.load(words, Word.STOP) === Wish.AT_ONCE,
    words,
  );
  if (share === undefined || plan.ranks === undefined) return;
  barrier.wait();
  if (state.rank !== 0) return;
  const wishes = gatherEvaluation(plan, share, { rows, ownTraining }, Atomics.load(words, Word.STOP));
  Atomics.or(words, Word.AGREED, wishes);
}

/** @param isOver whether the rest is not worth doing any more */
function evaluatePart(
  state: RankState,
  split: Split,
  part: Range,
  isOver: () => boolean,
  words: Int32Array,
): void {
  const samples = state[split];
  if (samples === undefined) throw new RangeError(`this run has no ${split} rows`);
  const { images, allLabels: labels, firstRow, scale } = samples;
  const { net, kernels, evaluated } = state;
  // This rank's part of the buffers is the room it has for a block.
  const room = rowsOf(state.x.shape[0] ?? 0, state.worldSize, state.rank);
  const block = room.to - room.from;
  if (block === 0) return;
  const rows = ndarray(new Int32Array(block));
  for (;;) {
    const start = part.from + Atomics.add(words, Word.NEXT_ROW, block);
    if (start >= part.to || isOver()) return;
    const count = Math.min(block, part.to - start);
    for (let i = 0; i < count; i++) rows.set(i, start + i - firstRow);
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
