// Rows of a step where nobody says how many: fewer where there are few rows.
import { defaultOptions } from "./options.ts";

/**
 * 100; of fewer than 1,000 training rows a tenth. A small table gets ten steps an epoch then, instead of one, or of none
 * because it has fewer rows than a step.
 */
export function defaultBatchSize(rows: number): number {
  return Math.min(defaultOptions().batchSize, Math.max(1, Math.ceil(rows / 10)));
}
