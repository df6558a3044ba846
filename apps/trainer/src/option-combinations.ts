// Judges options together: one that would change nothing beside the others is refused, not ignored.
import { UsageError } from "./errors.ts";
import { OPTION_RULES, type OptionName } from "./option-rules.ts";
import { checkShards } from "./parallel/ranks/check-shards.ts";
import type { TrainingOptions } from "./training-options.ts";

/** How messages name an option: as a property (`batchSize`) or as the command line does (`--batch-size`). */
export type Spelling = "property" | "flag";

/** What a user calls an option. */
export function spelledOption(name: OptionName, spelling: Spelling): string {
  return spelling === "flag" ? OPTION_RULES[name].flag : name;
}

/** @throws UsageError naming an option and the one it needs. */
export function checkCombinations(options: TrainingOptions, spelling: Spelling): void {
  const needs = (
    name: "momentum" | "stepEvery" | "stepFactor" | "pieces",
    other: "optimizer" | "schedule" | "backend",
    values: readonly string[],
  ): void => {
    const chosen = other === "backend" ? backendToldBy(options) : options[other];
    if (options[name] === undefined || values.includes(chosen)) return;
    const spelled = spelledOption(name, spelling);
    throw new UsageError(
      `${spelled} ${options[name]} has no meaning with ${spelledOption(other, spelling)} ${options[other]}, only with ` +
        `${values.join(" or ")}. Leave it out.`,
    );
  };
  needs("momentum", "optimizer", ["momentum", "nesterov"]);
  needs("stepEvery", "schedule", ["step", "plateau"]);
  needs("stepFactor", "schedule", ["step", "plateau"]);
  needs("pieces", "backend", ["blas"]);
  checkShards(options, spelling);
}

/**
 * The backend that computes as far as options and environment name it: without kernels, which `--help` does not load. What
 * `auto` is without GRADLOOM_BACKEND is never a native one.
 */
function backendToldBy({ backend }: Pick<TrainingOptions, "backend">): string {
  return backend === "auto" ? (process.env.GRADLOOM_BACKEND ?? backend) : backend;
}

/** @throws UsageError naming an option that chooses by the validation rows when there are none. */
export function checkValidation(
  options: Partial<Pick<TrainingOptions, "patience" | "schedule">>,
  hasValidation: boolean,
  spelling: Spelling,
): void {
  if (hasValidation) return;
  const validation = spelling === "flag" ? "--validation 0.1" : "data.validation";
  const refuse = (name: "patience" | "schedule"): never => {
    throw new UsageError(
      `${spelledOption(name, spelling)} ${options[name]} needs validation rows: expected ${validation}. The test rows ` +
        "choose nothing, or they could not judge the result.",
    );
  };
  if (options.patience !== undefined) refuse("patience");
  if (options.schedule === "plateau") refuse("schedule");
}
