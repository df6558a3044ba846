// `gradloom explain`: a layer, a graph, a question, or a saved model with one sample, number by number.
import { Command } from "commander";
import { closest } from "../config/closest.ts";
import { UsageError } from "../errors.ts";
import type { Page } from "../explain/page.ts";
import type { CliIo } from "./io.ts";
import { dataOptions, fromHere, modelOptions, type RowFlags, wholeNumber } from "./row-flags.ts";

const EXAMPLES = `Examples:
  gradloom explain                     the topics
  gradloom explain apple               a purchase as a computational graph
  gradloom explain affine              a layer: formulas, shapes, both passes
  gradloom explain dout                a question: what is dout?
  gradloom explain --model model.safetensors --row 3    a model and one image of MNIST's test set
  gradloom explain --model iris.safetensors --data iris.csv --label species
`;

interface ExplainFlags extends RowFlags {
  readonly model?: string;
  readonly row?: number;
  readonly json?: boolean;
}

/** The command, ready to be added to a program. */
export function explainCommand(io: CliIo): Command {
  const command = new Command("explain")
    .description("Show every number of a layer, a graph or a saved model, forward and backward.")
    .addHelpText("before", EXAMPLES)
    .argument("[topic]", "what to explain; without it and without --model, the list of topics")
    .option("--model <file>", "a saved model or the folder of its run, explained with one sample")
    .option("--row <n>", "which sample, counted from 0 (default: 0)", wholeNumber("--row", 0));
  return dataOptions(command)
    .option("--json", "the numbers as one JSON object on stdout")
    .action(async (topic: string | undefined, flags: ExplainFlags) => {
      const page = await pageOf(topic, fromHere(flags, io));
      io.stdout.write(flags.json === true ? `${JSON.stringify(page.data)}\n` : `${page.lines.join("\n")}\n`);
    });
}

async function pageOf(topic: string | undefined, flags: ExplainFlags): Promise<Page> {
  const { model, row = 0 } = flags;
  if (model === undefined) {
    if (flags.data !== undefined || flags.row !== undefined)
      throw new UsageError("--data and --row choose a sample for a model: expected --model with them.");
    return await topicPage(topic);
  }
  if (topic !== undefined)
    throw new UsageError(`explain ${topic} --model ${model}: expected a topic or a model. Leave one out.`);
  // Loaded on first use: a topic need not wait for readers of data.
  const { openModel } = await import("../evaluate/open-model.ts");
  const { modelRows } = await import("../evaluate/model-rows.ts");
  const { modelPage } = await import("../explain/model-page.ts");
  const loaded = await openModel(model, await modelOptions(flags));
  const { x, labels, names, source } = await modelRows(flags.data, loaded, flags);
  if (row >= names.length) {
    throw new UsageError(`--row ${row}: expected a row from 0 to ${names.length - 1}, which ${source} has.`);
  }
  const sample = { x: x.pick(row, null), label: labels?.[row], name: `row ${row} of ${source}` };
  return modelPage(loaded, sample, loaded.file);
}

async function topicPage(name: string | undefined): Promise<Page> {
  const { TOPICS } = await import("../explain/topics.ts");
  const width = Math.max(...TOPICS.map((topic) => topic.name.length));
  const list = TOPICS.map((topic) => `  ${topic.name.padEnd(width)}  ${topic.summary}`);
  if (name === undefined) {
    return {
      lines: ["gradloom explain <topic>, in the order of the chapter:", ...list, "", MODEL_HINT],
      data: { topics: TOPICS.map((topic) => ({ name: topic.name, summary: topic.summary })) },
    };
  }
  const found = TOPICS.find((topic) => topic.name === name);
  if (found !== undefined) return found.page();
  const names = TOPICS.map((topic) => topic.name);
  const guess = names.find((topic) => topic.startsWith(name)) ?? closest(name, names);
  const hint = guess === undefined ? "Choose one of:" : `Did you mean ${guess}? The topics are:`;
  throw new UsageError(`there is no topic ${JSON.stringify(name)}. ${hint}\n${list.join("\n")}`);
}

const MODEL_HINT = "Or a net of your own: gradloom explain --model model.safetensors --row 3";
