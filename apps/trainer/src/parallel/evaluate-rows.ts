// Evaluates rows on one rank: ranks take blocks of rows from a shared counter, so a slow rank simply takes fewer.
// Each row's class and loss go to that row's own place, so nothing depends on who evaluated it, nor on how many did.
import { argmax, forward, type Input } from "@gradloom/core";
import { ndarray, type Tensor } from "@gradloom/kernels";
import type { Barrier } from "./barrier.ts";
import { type Control, Wish, Word } from "./control.ts";
import { evaluationBlocks } from "./evaluation-blocks.ts";
import type { Split } from "./memory-layout.ts";
import type { RankState } from "./rank-state.ts";
import { gatherEvaluation } from "./ranks/gather-evaluation.ts";
import type { RunPlan } from "./run-plan.ts";
import type { Range } from "./shards.ts";

export function evaluateRows(
  plan: RunPlan,
  state: RankState,
  split: Split,
  { words }: Control,
  barrier: Barrier,
): void {
  const { share } = plan;
  const rows = state[split]?.allLabels.size ?? 0;
  const isOver = (): boolean => plan.ranks === undefined && Atomics.load(words, Word.STOP) === Wish.AT_ONCE;
  const evaluateBlock = blockEvaluator(state, split, plan.evaluatedAtOnce);
  const blocks = evaluationBlocks(plan, split, rows);
  for (;;) {
    const block = blocks[Atomics.add(words, Word.NEXT_BLOCK, 1)];
    if (block === undefined || isOver()) break;
    evaluateBlock(block);
  }
  if (share === undefined || plan.ranks === undefined) return;
  barrier.wait();
  if (state.rank !== 0) return;
  const judged = { rows, ownTraining: split === "train" };
  const wishes = gatherEvaluation(plan, share, judged, Atomics.load(words, Word.STOP));
  Atomics.or(words, Word.AGREED, wishes);
}

/** Evaluates one block after the other, each of at most `most` rows, in this rank's part of the minibatch's arrays. */
function blockEvaluator(state: RankState, split: Split, most: number): (block: Range) => void {
  const samples = state[split];
  if (samples === undefined) throw new RangeError(`this run has no ${split} rows`);
  const { images, allLabels: labels, firstRow, scale } = samples;
  const { net, kernels, evaluated } = state;
  const first = state.rank * most;
  const rows = ndarray(new Int32Array(most));
  return ({ from, to }) => {
    const count = to - from;
    const room = (whole: Tensor): Tensor => whole.lo(first, 0).hi(count, -1);
    for (let i = 0; i < count; i++) rows.set(i, from + i - firstRow);
    const x = state.x.lo(first, 0).hi(count, -1);
    kernels.gatherRows<Input["data"]>(images, rows.hi(count), x, scale);
    const scores = forward(net.layers, x, state.out.map(room));
    net.lastLayer.forward(scores, labels.lo(from).hi(count), {
      y: room(state.y),
      losses: evaluated.losses.lo(from).hi(count),
    });
    const predicted = argmax(scores);
    for (let i = 0; i < count; i++) evaluated.predicted.set(from + i, predicted.get(i));
  };
}
