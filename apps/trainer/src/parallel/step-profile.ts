// Reads what the ranks' phase clocks have measured.
import { PHASES, type Phase } from "./phase-clock.ts";
import { viewOf } from "./place.ts";
import type { RunPlan } from "./run-plan.ts";

/** Microseconds that a step spends in each phase, as a mean over all steps and ranks. */
export type StepProfile = Readonly<Record<Phase, number>>;

export function stepProfile({ memory, arrays }: RunPlan, steps: number): StepProfile {
  const ranks = arrays.phases.map((place) => viewOf(memory, place).data);
  const mean = (index: number): number => {
    const milliseconds = ranks.reduce((sum, phases) => sum + (phases[index] ?? 0), 0);
    return (milliseconds * 1000) / steps / ranks.length;
  };
  return Object.fromEntries(PHASES.map((phase, index) => [phase, mean(index)])) as StepProfile;
}
