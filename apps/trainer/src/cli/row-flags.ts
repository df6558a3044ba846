// Options that several commands share: which rows to read and how, and how to read the model.
import type { LoadModelOptions } from "@gradloom/core";
import { type Command, Option } from "commander";
import { UsageError } from "../errors.ts";
import type { CliIo } from "./io.ts";
import { fromUser } from "./user-folder.ts";

/** What the options below leave behind. */
export interface RowFlags {
  readonly data?: string;
  readonly label?: string | number;
  readonly header?: boolean;
  readonly labels?: string;
  readonly missing?: "refuse" | "mean";
  readonly invert?: boolean;
  readonly activation?: "relu" | "sigmoid";
}

/** `--data` and what else tells how rows are read. */
export function dataOptions(command: Command): Command {
  command.option(
    "--data <path>",
    "folder of IDX files, or a .csv, .npz, .npy or IDX file; without it, the data of the run, or MNIST",
  );
  return formatOptions(command);
}

/** How rows are read, for a command that takes its files as arguments. */
export function formatOptions(command: Command): Command {
  return command
    .option(
      "--label <column>",
      "CSV: the column of the classes, by name or number from 0; -1 is the last",
      column,
    )
    .option("--header", "CSV: the first line names the columns, whatever is in it")
    .option("--no-header", "CSV: the first line is a row, whatever is in it")
    .option("--labels <file>", ".npy and IDX: the file with the labels")
    .addOption(missingOption())
    .option("--invert", "PNG and PGM: turn dark on light into light on dark")
    .addOption(activationOption());
}

function missingOption(): Option {
  const meaning = "CSV: refuse missing values, or take the column's mean in training";
  return new Option("--missing <policy>", meaning).choices(["refuse", "mean"]);
}

function activationOption(): Option {
  return new Option("--activation <name>", "where no model file says it: relu or sigmoid").choices([
    "relu",
    "sigmoid",
  ]);
}

/** The flags with their paths as this process opens them. */
export function fromHere<Flags extends RowFlags & { readonly model?: string }>(
  flags: Flags,
  io: CliIo,
): Flags {
  const { data, labels, model } = flags;
  const resolved = Object.entries({ data, labels, model }).flatMap(([name, path]) =>
    path === undefined || path === "" ? [] : [[name, fromUser(path, io.cwd, io.env)]],
  );
  return { ...flags, ...Object.fromEntries(resolved) };
}

/** How the command reads its model: on strict kernels, which give the same digits on every machine. */
export async function modelOptions({ activation }: Pick<RowFlags, "activation">): Promise<LoadModelOptions> {
  const { createKernels } = await import("@gradloom/kernels");
  const kernels = createKernels({ backend: "wasm" });
  return activation === undefined ? { kernels } : { kernels, activation };
}

/** The model's path. @throws UsageError without one. */
export function requireModel(model: string | undefined, command: string): string {
  if (model !== undefined && model !== "") return model;
  throw new UsageError(
    `${command} needs --model <file>, a model.safetensors or the folder of a run.\nSee: gradloom ${command} --help`,
  );
}

/** Parses a whole number of at least `least`. @throws UsageError for anything else. */
export function wholeNumber(flag: string, least: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new UsageError(`${flag} ${JSON.stringify(text)}: expected a whole number of at least ${least}.`);
  };
}

/** Parses a finite number above 0. @throws UsageError for anything else. */
export function positiveNumber(flag: string): (text: string) => number {
  return (text) => {
    const value = /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    if (Number.isFinite(value) && value > 0) return value;
    throw new UsageError(`${flag} ${JSON.stringify(text)}: expected a number above 0, such as 1e-4.`);
  };
}

function column(text: string): string | number {
  return /^-?\d+$/.test(text) ? Number(text) : text;
}
