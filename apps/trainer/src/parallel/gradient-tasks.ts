// What a rank does in phase 2 of a step: for every Affine layer that its slice touches, whose gradients it sums, and into what.
import type { Input } from "@gradloom/core";
import type { Tensor } from "@gradloom/kernels";
import type { RankState } from "./rank-state.ts";
import type { ParameterSlice, Range } from "./shards.ts";

/** One Affine layer's share: inputs of all rows, and the windows of dW and db that this rank fills. */
export interface GradientTask {
  readonly affine: number;
  readonly rows: Range;
  /** The layer's input x and its dout, all rows of the minibatch. */
  readonly x: Input;
  readonly dout: Tensor;
  readonly dW: Tensor;
  readonly db: Tensor | undefined;
}

/** @param allOfX the view of x that phase 1 has, if it is of all rows: then it can be moved for both */
export function gradientTasks(
  state: RankState,
  { affines }: ParameterSlice,
  batchRows: number,
  allOfX: Input | undefined,
): GradientTask[] {
  const all = (whole: Tensor): Tensor => whole.hi(batchRows, -1);
  return affines.map(({ affine, rows, bias }) => {
    const layer = state.affineLayers[affine] ?? 0;
    const input = layer === 0 ? state.x : state.out[layer - 1];
    const dout = state.dout[layer];
    const dW = state.grads[`W${affine + 1}`];
    const db = state.grads[`b${affine + 1}`];
    if (input === undefined || dout === undefined || dW === undefined || db === undefined) {
      throw new RangeError(`no Affine layer ${affine + 1} in this net`);
    }
    return {
      affine,
      rows,
      x: layer === 0 && allOfX !== undefined ? allOfX : input.hi(batchRows, -1),
      dout: all(dout),
      dW: dW.lo(rows.from, 0).hi(rows.to - rows.from, -1),
      db: bias ? db : undefined,
    };
  });
}
