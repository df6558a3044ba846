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
    const { said, instead } = other === "backend" ? environmentBeside(options) : { said: "", instead: [] };
    throw new UsageError(
      `${spelled} ${options[name]} has no meaning with ${spelledOption(other, spelling)} ${options[other]}${said}, only with ` +
        `${[...values, ...instead].join(" or ")}. Leave it out.`,
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

/** What a refusal has to tell of the environment: what it says for `auto`, or what it could say. */
function environmentBeside({ backend }: Pick<TrainingOptions, "backend">): {
  said: string;
  instead: readonly string[];
} {
  const { GRADLOOM_BACKEND: told = "" } = process.env;
  if (backend !== "auto") return { said: "", instead: [] };
  if (told !== "") return { said: `, for which GRADLOOM_BACKEND says ${told}`, instead: [] };
  return { said: "", instead: ["GRADLOOM_BACKEND=blas"] };
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
