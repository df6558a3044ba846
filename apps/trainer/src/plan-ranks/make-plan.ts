// The whole plan: every number of ranks up to the one asked for, and what comes of it in plain words.
import { leastExchange } from "./exchange-model.ts";
import type { Network } from "./network.ts";
import { gradientBytes, type StepOnRanks, strongScaling, type Work, weakScaling } from "./step-model.ts";

export interface RanksPlan {
  readonly work: Work;
  readonly network: Network;
  /** Bytes of an exchange. */
  readonly bytes: number;
  readonly strong: readonly StepOnRanks[];
  readonly weak: readonly StepOnRanks[];
  /** The number of ranks that trains the same run fastest. */
  readonly best: StepOnRanks;
  /** The smallest batch whose step is half computing on as many ranks as asked for. */
  readonly halfEfficientBatch: number;
  readonly verdict: string;
}

/** A gain below this is not worth several machines and what comes with them. */
const WORTH = 2;

/** Whether the fastest line of a plan is worth its machines; where it is not, the verdict is "Do not". */
export function isWorthwhile({ speedUp }: Pick<StepOnRanks, "speedUp">): boolean {
  return speedUp >= WORTH;
}

/** @param ranks a power of two */
export function makePlan(work: Work, network: Network, ranks: number): RanksPlan {
  const counts = Array.from({ length: Math.log2(ranks) + 1 }, (_, i) => 2 ** i);
  const strong = counts
    .filter((count) => count <= work.batchSize)
    .map((count) => strongScaling(work, network, count));
  const weak = counts.map((count) => weakScaling(work, network, count));
  const best = strong.reduce((a, b) => (b.step < a.step ? b : a));
  const last = weakScaling(work, network, ranks);
  const halfEfficientBatch = Math.ceil(((last.exchange * work.batchSize) / last.compute) * ranks);
  const plan = { work, network, bytes: gradientBytes(work), strong, weak, best, halfEfficientBatch };
  return { ...plan, verdict: verdictOf(plan, ranks) };
}

function verdictOf(
  { network, bytes, strong, best, halfEfficientBatch }: Omit<RanksPlan, "verdict">,
  ranks: number,
): string {
  const asked = strong.at(-1);
  if (ranks === 1 || asked === undefined) return "One machine has nobody to exchange anything with.";
  const enough = `On ${ranks} machines half of the time is computing from a batch of ${halfEfficientBatch} on.`;
  const least = leastExchange(bytes, network);
  const limit = `No number of machines brings a step below ${milliseconds(least)}, what the network needs for the gradients.`;
  const here = milliseconds(strong[0]?.step ?? 0);
  if (!isWorthwhile(best)) {
    const most =
      best.ranks === 1 ? "no number of them is faster" : `at most, ${best.ranks} of them are ${times(best)}`;
    return (
      `Do not: ${asked.ranks} machines are ${times(asked)} as fast as one, and ${most}. A step has too little work: ` +
      `${here} on one machine. ${limit} ${enough}`
    );
  }
  const busy = strong.filter(({ efficiency }) => efficiency >= 0.5).at(-1) ?? best;
  const at = `The same run is fastest on ${best.ranks} machines: ${times(best)} as fast as on one, each ${percent(best.efficiency)} busy.`;
  const half =
    busy.ranks < best.ranks ? ` Up to ${busy.ranks} machines are busy at least half of the time.` : "";
  const beyond = best.ranks < asked.ranks ? " More of them lose more to messages than they save." : "";
  return `${at}${half}${beyond} ${limit} ${enough}`;
}

function times({ speedUp }: StepOnRanks): string {
  return `${speedUp.toFixed(speedUp < 1 ? 2 : 1)} times`;
}

/** Seconds as milliseconds, for people. */
export function milliseconds(seconds: number): string {
  const value = seconds * 1000;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ms`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
