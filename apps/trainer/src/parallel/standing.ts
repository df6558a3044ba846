// Where a run stands, on the main thread: taken out of the shared memory as a copy, and put back into it.
import type { PlateauState } from "@gradloom/core";
import type { BestEpoch, EpochRecord, FlatVector, TrainingState } from "../training-state.ts";
import { optimizerOf } from "./optimizer.ts";
import { viewOf } from "./place.ts";
import type { RunPlan } from "./run-plan.ts";
import { type SettledSparse, settledSparse } from "./skipped-zeros.ts";

/** Changes between two steps only, when no worker is running. */
export class Standing {
  readonly #parameters: FlatVectorView;
  readonly #optimizer: Readonly<Record<string, FlatVectorView>>;
  readonly #pieces: number | undefined;
  readonly #sparse: SettledSparse | undefined;
  /** The epoch under way, from 1. */
  epoch = 1;
  /** Steps done in it. */
  step = 0;
  /** Σ of the sample losses of those steps. */
  lossSum = 0;
  plateau: PlateauState | undefined;
  best: BestEpoch | undefined;
  history: readonly EpochRecord[] = [];

  /** At the first step of a run whose parameters are already in their place. */
  constructor({ memory, arrays, optimizer, fixedCuts, pieces, backend, sparseInput }: RunPlan) {
    const view = (place: RunPlan["arrays"]["parameters"]): FlatVectorView => viewOf(memory, place).data;
    this.#parameters = view(arrays.parameters);
    this.#pieces = fixedCuts ? pieces : undefined;
    this.#sparse = settledSparse(backend, sparseInput);
    const names = optimizerOf(optimizer.name).stateNames;
    this.#optimizer = Object.fromEntries(
      arrays.state.map((place, i) => [names[i] ?? String(i), view(place)] as const),
    );
  }

  /** Goes where a state says; it has been checked. */
  goTo(state: TrainingState): void {
    this.#parameters.set(state.parameters);
    for (const [name, values] of Object.entries(this.#optimizer)) values.set(state.optimizer[name] ?? []);
    this.epoch = state.epoch;
    this.step = state.step;
    this.lossSum = state.lossSum;
    this.plateau = state.plateau;
    this.best = state.best;
    this.history = [...state.history];
  }

  /** The next epoch, none of its steps done. */
  beginEpoch(): void {
    this.epoch += 1;
    this.step = 0;
    this.lossSum = 0;
  }

  /** A copy that nobody writes to any more. */
  state(): TrainingState {
    return {
      epoch: this.epoch,
      step: this.step,
      lossSum: this.lossSum,
      parameters: this.parameters(),
      optimizer: Object.fromEntries(
        Object.entries(this.#optimizer).map(([name, values]) => [name, copyOf(values)]),
      ),
      ...(this.plateau === undefined ? {} : { plateau: this.plateau }),
      ...(this.best === undefined ? {} : { best: this.best }),
      ...(this.#pieces === undefined ? {} : { pieces: this.#pieces }),
      ...(this.#sparse === undefined ? {} : { sparse: this.#sparse }),
      history: this.history,
    };
  }

  /** A copy of the parameters as they are now. */
  parameters(): FlatVector {
    return copyOf(this.#parameters);
  }

  /** Puts the parameters of the best epoch back, where one is known. */
  returnToBest(): void {
    if (this.best !== undefined) this.#parameters.set(this.best.parameters);
  }
}

type FlatVectorView = Float32Array | Float64Array;

/** Out of the shared memory, into memory of its own. */
function copyOf(values: FlatVectorView): FlatVector {
  return values instanceof Float32Array ? new Float32Array(values) : new Float64Array(values);
}
