// One epoch after the other on the pool, watched by the main thread: what they cost and how they go.
import type { FloatArray } from "@gradloom/kernels";
import type { EpochEvent, TrainEvent } from "../events.ts";
import type { Conducted, EpochTotals } from "./conductor.ts";
import { type Control, controlOf, Decision, Word } from "./control.ts";
import { throwIfDiverged } from "./divergence.ts";
import { rowsAfter } from "./epoch-size.ts";
import { plateauRate } from "./learning-rate.ts";
import { Pace } from "./pace.ts";
import { viewOf } from "./place.ts";
import { fillShardOrder } from "./ranks/shard-order.ts";
import { fillOrder } from "./row-order.ts";

/** How often the main thread looks at the shared counters. */
const LOOK_MS = 100;

export class EpochRunner {
  readonly #run: Conducted;
  readonly #control: Control;
  /** Of all epochs, in rows: without those that were learned from before the run was resumed. */
  readonly #pace: Pace;
  readonly #before: { readonly rows: number; readonly steps: number };
  /** The parameters, what the optimizer keeps and the times by phase, as the epoch under way found them. */
  #snapshots: readonly FloatArray[] | undefined;
  #epoch: { readonly pace: Pace; readonly rowsBefore: number } | undefined;

  constructor(run: Conducted) {
    this.#run = run;
    this.#control = controlOf(run.plan.control);
    this.#before = { rows: this.#rows(), steps: this.#steps() };
    this.#pace = new Pace(run.plan.rowsPerEpoch * run.options.epochs - this.#before.rows);
    this.#pace.pause();
  }

  /**
   * Trains the rest of the epoch under way, or what the wish to stop leaves of it, and says so in `standing`.
   * @throws DivergedError at the end of the step whose loss is not finite.
   */
  async run(): Promise<void> {
    const { plan, pool, options, standing, stop } = this.#run;
    const { epoch, step, lossSum } = standing;
    const order = viewOf(plan.memory, plan.arrays.order);
    if (plan.share === undefined) fillOrder(order.data, epoch, options);
    else fillShardOrder(order.data, epoch, options.seed, plan.share);
    const { parameters, state, phases } = plan.arrays;
    const learned = [parameters, ...state, ...phases].map((place) => viewOf(plan.memory, place));
    this.#snapshots ??= learned.map(({ data }) => data.slice());
    const snapshots = this.#snapshots;
    for (const [i, snapshot] of snapshots.entries()) snapshot.set(learned[i]?.data ?? []);
    const prepare = (): void => {
      for (const [i, snapshot] of snapshots.entries()) learned[i]?.data.set(snapshot);
      resetEpoch(this.#control, step, lossSum);
    };
    this.#epoch = { pace: new Pace(plan.rowsPerEpoch), rowsBefore: this.#rows() };
    this.#pace.goOn();
    try {
      const work = pool.run(
        { kind: "epoch", epoch, step, plateauRate: plateauRate(plan.rate, standing.plateau) },
        prepare,
      );
      await watched(
        work,
        () => stop.ask("failure"),
        () => this.#look(),
      );
    } finally {
      this.#pace.pause();
      this.#epoch.pace.pause();
    }
    standing.step = Atomics.load(this.#control.words, Word.STEPS);
    standing.lossSum = this.#control.lossSum[0] ?? Number.NaN;
    throwIfDiverged(plan, standing);
  }

  /** Of the epoch that `run` has finished. */
  epochEvent(): EpochEvent {
    const { options, standing } = this.#run;
    const { epoch } = standing;
    const { pace, rowsBefore } = this.#epoch ?? { pace: this.#pace, rowsBefore: this.#before.rows };
    const { samplesPerSecond, seconds } = pace.at(this.#rows() - rowsBefore);
    const record = standing.history.at(-1);
    return {
      type: "epoch",
      epoch,
      epochs: options.epochs,
      loss: this.#loss(),
      samplesPerSecond,
      seconds,
      ...(record?.epoch === epoch ? { record } : {}),
    };
  }

  totals(): EpochTotals {
    const rows = this.#rows() - this.#before.rows;
    const { seconds, samplesPerSecond } = this.#pace.at(rows);
    return { loss: this.#loss(), steps: this.#steps() - this.#before.steps, seconds, samplesPerSecond };
  }

  #look(): void {
    const { plan, options, standing, onEvent } = this.#run;
    const { rowsPerEpoch, stepsPerEpoch } = plan;
    const { epoch } = standing;
    const step = Atomics.load(this.#control.words, Word.STEPS);
    if (step <= standing.step) return;
    const rows = rowsAfter(plan, step);
    const done = (epoch - 1) * rowsPerEpoch + rows - this.#before.rows;
    const { samplesPerSecond, secondsLeft } = this.#pace.at(done);
    const event: TrainEvent = {
      type: "progress",
      epoch,
      epochs: options.epochs,
      step,
      stepsPerEpoch,
      loss: (this.#control.lossSum[0] ?? Number.NaN) / rows,
      samplesPerSecond,
      secondsLeft,
    };
    onEvent(event);
  }

  /** Mean loss of the epoch's steps so far. */
  #loss(): number {
    const { plan, standing } = this.#run;
    return standing.lossSum / rowsAfter(plan, standing.step);
  }

  /** Rows that the whole run has learned from, resumed ones too. */
  #rows(): number {
    const { plan, standing } = this.#run;
    return (standing.epoch - 1) * plan.rowsPerEpoch + rowsAfter(plan, standing.step);
  }

  #steps(): number {
    const { plan, standing } = this.#run;
    return (standing.epoch - 1) * plan.stepsPerEpoch + standing.step;
  }
}

/** Looks on while the work runs. A listener that throws ends the work in good order, then gets its error back. */
async function watched(work: Promise<void>, stop: () => void, look: () => void): Promise<void> {
  const thrown: unknown[] = [];
  const timer = setInterval(() => {
    try {
      look();
    } catch (error) {
      thrown.push(error);
      clearInterval(timer);
      stop();
    }
  }, LOOK_MS);
  try {
    await work;
    // The last steps too: an epoch may end between two looks, or before the first.
    if (thrown.length === 0) look();
  } catch (error) {
    throw thrown.length > 0 ? thrown[0] : error;
  } finally {
    clearInterval(timer);
  }
  if (thrown.length > 0) throw thrown[0];
}

function resetEpoch({ words, lossSum }: Control, step: number, sumSoFar: number): void {
  Atomics.store(words, Word.STEPS, step);
  Atomics.store(words, Word.DECISION, Decision.GO_ON);
  lossSum[0] = sumSoFar;
}
