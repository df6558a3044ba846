// A run that was only planned, as aligned plain lines.
import type { TrainingPlan } from "../training-plan.ts";
import { formatBytes, formatCount } from "./format.ts";
import { writeLines } from "./lines.ts";
import type { Terminal } from "./terminal.ts";

/** Writes one `name  value` line for each thing the run would be or take. */
export function writePlan(terminal: Terminal, plan: TrainingPlan): void {
  const { options, memory } = plan;
  writeLines(terminal, [
    ["network", `${plan.layers.join("-")}, ${options.activation}, ${options.dtype}`],
    ["parameters", formatCount(plan.parameters)],
    ["training rows", formatCount(plan.rows)],
    ["test rows", formatCount(plan.testRows)],
    ["steps", `${formatCount(plan.stepsPerEpoch * options.epochs)} in ${formatCount(options.epochs)} epochs`],
    [
      "inputs",
      `${(100 * plan.density).toFixed(0)} % not zero, zeros ${plan.sparse ? "skipped" : "not skipped"}`,
    ],
    ["workers", String(options.workers)],
    ["backend", plan.backend],
    ["memory", formatBytes(memory.total)],
    ["  data", formatBytes(memory.data)],
    ["  parameters", formatBytes(memory.parameters)],
    ["  activations", formatBytes(memory.activations)],
    ["  scratch", formatBytes(memory.scratch)],
  ]);
}
