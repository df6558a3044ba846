// The few shared words through which workers and the main thread steer a run: named, so that nobody counts indices.
//
//   Int32   ARRIVED GENERATION ABORT   the barrier's                      (barrier.ts)
//           STEPS                      steps done in this epoch           written by rank 0, read by the main thread
//           STOP                       the main thread's wish to stop     read by rank 0 only
//           DECISION                   what all ranks do after a step     bits set between the last two barriers of a step
//           NEXT_BLOCK                 evaluation: blocks handed out      added to by all ranks
//           AGREED                     what all processes wish, as bits   set by rank 0 in an exchange with them
//   Float64 LOSS_SUM                   Σ of the epoch's sample losses     written by rank 0

export const Word = {
  ARRIVED: 0,
  GENERATION: 1,
  ABORT: 2,
  STEPS: 3,
  STOP: 4,
  DECISION: 5,
  NEXT_BLOCK: 6,
  AGREED: 7,
} as const;

/** What the main thread wants: nothing, no more steps, or no more work of any kind. */
export const Wish = { NONE: 0, END_OF_STEP: 1, AT_ONCE: 2 } as const;

/** The same beside other processes, as bits that travel: why, because each of them has to know. */
export const SharedWish = { TIME_LIMIT: 1, SIGNAL: 2, FAILURE: 4 } as const;

/**
 * What every rank does when a step is over: bits that are set between two barriers, so that all leave at the same step.
 * BROKEN may be set by any rank: what it has just computed of gradients or parameters is not finite.
 */
export const Decision = { GO_ON: 0, STOP: 1, DIVERGED: 2, BROKEN: 4 } as const;

/** How a task ended that did not fail by itself. A number, because an error's class does not cross threads. */
export const Ending = { DONE: 0, ABORTED: 1, LATE: 2 } as const;
export type Ending = (typeof Ending)[keyof typeof Ending];

const WORDS = 16;
const FLOATS = 1;

/** Views on the control buffer; every thread makes its own. */
export interface Control {
  readonly words: Int32Array;
  readonly lossSum: Float64Array;
}

export function createControlBuffer(): SharedArrayBuffer {
  return new SharedArrayBuffer(
    WORDS * Int32Array.BYTES_PER_ELEMENT + FLOATS * Float64Array.BYTES_PER_ELEMENT,
  );
}

export function controlOf(buffer: SharedArrayBuffer): Control {
  return {
    words: new Int32Array(buffer, 0, WORDS),
    lossSum: new Float64Array(buffer, WORDS * Int32Array.BYTES_PER_ELEMENT, FLOATS),
  };
}
