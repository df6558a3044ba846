// Rows for steps of one row each, gathered some at a time: they come from memory together instead of one after the other.
import type { Input } from "@gradloom/core";
import type { IntegerTensor } from "@gradloom/kernels";
import { EVALUATED_AT_ONCE } from "./memory-layout.ts";
import type { RankState } from "./rank-state.ts";

/** As many as x has room for, however small the minibatch. */
const AT_ONCE = EVALUATED_AT_ONCE;

export class RowsAhead {
  readonly #state: RankState;
  /** The rows gathered last, and their numbers. */
  x: Input;
  order: IntegerTensor<Int32Array>;
  #first = 0;
  #count = 0;

  constructor(state: RankState) {
    this.#state = state;
    this.x = state.x.hi(AT_ONCE, -1);
    this.order = state.order.hi(AT_ONCE);
  }

  /**
   * Where the row at a place in this epoch's order is among those gathered; if it is not, it is gathered with the rows
   * that follow it.
   */
  place(at: number): number {
    if (at < this.#first || at >= this.#first + this.#count) this.#gather(at);
    return at - this.#first;
  }

  #gather(at: number): void {
    const { kernels, train, order, x } = this.#state;
    const count = Math.min(AT_ONCE, order.size - at);
    if (count !== this.#count) {
      this.x = x.hi(count, -1);
      this.order = order.hi(count);
      this.#count = count;
    }
    this.order.offset = order.offset + at;
    kernels.gatherRows<Input["data"]>(train.images, this.order, this.x, train.scale);
    this.#first = at;
  }
}
