// One piece of work: everybody is started, shown to learn, then timed in rounds, one after the other in each round.
import type { Contestant } from "./contestants.ts";
import { type Judgement, Resident } from "./resident.ts";
import type { Task, Work } from "./works.ts";

export interface Entry {
  readonly contestant: Contestant;
  /** The program to start it with. */
  readonly runtime: string;
}

export interface Measured {
  readonly name: string;
  readonly family: string;
  readonly threads: number;
  readonly description: string;
  /** Steps asked for in each round. */
  readonly steps: number;
  /** One figure a round, the same rounds for everybody. */
  readonly samplesPerSecond: readonly number[];
  readonly before: Judgement;
  /** After the check's steps. */
  readonly checked: Judgement;
  /** After the last round. */
  readonly after: Judgement;
}

export interface Failed {
  readonly name: string;
  readonly reason: string;
}

export interface WorkResult {
  readonly measured: readonly Measured[];
  readonly failed: readonly Failed[];
}

type Running = Omit<Measured, "samplesPerSecond" | "after"> & {
  readonly resident: Resident;
  readonly samplesPerSecond: number[];
};

export interface Pace {
  readonly rounds: number;
  readonly seconds: number;
  readonly tell: (line: string) => void;
}

/** A net has learnt when its loss on unseen images is this share of what it was, or less. */
const LEARNT = 0.98;

export function taskFor(work: Work, { threads, variant }: Contestant, mnist: string): Task {
  const { id, ...numbers } = work;
  return { work: id, inputs: 784, outputs: 10, ...numbers, threads, variant, mnist };
}

export async function measureWork(
  work: Work,
  entries: readonly Entry[],
  mnist: string,
  { rounds, seconds, tell }: Pace,
): Promise<WorkResult> {
  const failed: Failed[] = [];
  const running: Running[] = [];
  const drop = (name: string, error: unknown): void => {
    const reason = error instanceof Error ? error.message : String(error);
    failed.push({ name, reason });
    tell(`  ${name}: left out, ${reason}`);
  };
  try {
    for (const { contestant, runtime } of entries) {
      const resident = new Resident(contestant, taskFor(work, contestant, mnist), runtime);
      try {
        running.push(await prepare(resident, contestant, work, seconds));
        tell(`  ${contestant.name}: ready`);
      } catch (error) {
        drop(contestant.name, error);
        resident.close();
      }
    }
    for (let round = 1; round <= rounds; round++) {
      for (const turn of [...running]) {
        try {
          await takeTurn(turn);
        } catch (error) {
          drop(turn.name, error);
          running.splice(running.indexOf(turn), 1);
          turn.resident.close();
        }
      }
      tell(`  round ${round} of ${rounds}`);
    }
    const measured: Measured[] = [];
    for (const { resident, ...rest } of running) measured.push({ ...rest, after: await resident.judge() });
    return { measured, failed };
  } finally {
    for (const { resident } of running) resident.close();
  }
}

/** Shows that the contestant learns, which warms it up too, and finds how many steps make a round of about `seconds`. */
async function prepare(
  resident: Resident,
  contestant: Contestant,
  work: Work,
  seconds: number,
): Promise<Running> {
  const { description } = await resident.ready();
  const before = await resident.judge();
  const warm = await resident.train(work.checkSteps);
  const checked = await resident.judge();
  requireLearnt(before, checked);
  const roughly = Math.max(1, Math.round(((warm.samples / warm.seconds) * seconds) / work.batch / 4));
  const { samples, seconds: took } = await resident.train(roughly);
  const steps = Math.max(1, Math.round(((samples / took) * seconds) / work.batch));
  const { name, family, threads } = contestant;
  return { resident, name, family, threads, description, steps, samplesPerSecond: [], before, checked };
}

/** One timed turn. The weights must still be those of a net that learnt: a loop that does nothing has no such weights. */
async function takeTurn({ resident, steps, samplesPerSecond, before }: Running): Promise<void> {
  const { samples, seconds } = await resident.train(steps);
  requireLearnt(before, await resident.judge());
  samplesPerSecond.push(samples / seconds);
}

function requireLearnt(before: Judgement, after: Judgement): void {
  if (after.loss <= before.loss * LEARNT) return;
  throw new Error(`it does not learn: the loss went from ${before.loss} to ${after.loss}`);
}
