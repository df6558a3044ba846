// Numbers that are no longer finite: what they were, as the main thread finds them when the workers have stopped.
import { windows } from "@gradloom/core";
import { DIVERGED_CURE, DivergedError } from "../errors.ts";
import { controlOf, Decision, Word } from "./control.ts";
import { netLayout } from "./memory-layout.ts";
import { viewOf } from "./place.ts";
import type { RunPlan } from "./run-plan.ts";

/** @throws DivergedError naming the step, and the loss or the parameters that are not finite, when a rank has seen some. */
export function throwIfDiverged(
  plan: RunPlan,
  { epoch, step }: { readonly epoch: number; readonly step: number },
): void {
  const decision = Atomics.load(controlOf(plan.control).words, Word.DECISION);
  if ((decision & (Decision.DIVERGED | Decision.BROKEN)) === 0) return;
  const what =
    (decision & Decision.DIVERGED) !== 0 ? "the loss is no longer a finite number" : brokenPart(plan);
  throw new DivergedError(`${what} after step ${step} of epoch ${epoch}. ${DIVERGED_CURE}`, { epoch, step });
}

/** The first parameters, from the input on, that are not finite or have a gradient that is not. */
function brokenPart({ memory, arrays, net }: RunPlan): string {
  const layout = netLayout(net.sizes);
  for (const [what, place] of [
    ["the gradient of", arrays.gradients],
    ["", arrays.parameters],
  ] as const) {
    const parts = Object.entries(windows(layout, viewOf(memory, place)));
    const broken = parts.find(([, { data, offset, size }]) =>
      data.subarray(offset, offset + size).some((value) => !Number.isFinite(value)),
    );
    if (broken !== undefined) return `${what} ${broken[0]} is no longer finite`.trim();
  }
  return "a gradient is no longer finite";
}
