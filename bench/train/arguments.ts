// The command line of bench:train.
import { parseArgs } from "node:util";
import { BACKENDS, type Contestant, contestantsOn } from "./contestants.ts";
import { shrunk, WORKS, type Work } from "./works.ts";

export interface Plan {
  readonly works: readonly Work[];
  /** The work whose first step the time from process start is measured to; undefined when it is not asked for. */
  readonly startUp: Work | undefined;
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  /** Who computes for gradloom itself: "auto" is what its users get who ask for nothing. */
  readonly backend: string;
  /** About how long each contestant trains in a round. */
  readonly seconds: number;
  readonly json: boolean;
}

export const HELP = `npx pnpm@12 bench:train [options]

  --work A,B,C,D,start  what to measure (default: all); start is the time from process start to the first step
  --only NAME           only contestants whose name contains NAME, in any case; may be repeated. gradloom is us
  --backend NAME        what gradloom computes with: auto (default), wasm, wasm-relaxed or blas
  --rounds N            rounds in which everybody has a turn (default 7)
  --seconds X           about how long each trains in a round (default 1)
  --rows N              draw batches from the first N rows only: a quick look, no measurement
  --json                one JSON object instead of tables
  --help                this text`;

/** Undefined when the text above was asked for. @throws Error that says what a value should have been. */
export function plan(args: readonly string[]): Plan | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      work: { type: "string", default: "A,B,C,D,start" },
      only: { type: "string", multiple: true, default: [""] },
      backend: { type: "string", default: "auto" },
      rounds: { type: "string", default: "7" },
      seconds: { type: "string", default: "1" },
      rows: { type: "string", default: "60000" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  const ids = values.work.split(",").map((id) => id.trim());
  const known = [...WORKS.map(({ id }) => id), "start"];
  const strange = ids.find((id) => !known.includes(id));
  if (strange !== undefined) throw new Error(`--work ${strange}: choose from ${known.join(", ")}.`);
  const { backend } = values;
  if (!BACKENDS.includes(backend))
    throw new Error(`--backend ${backend}: choose from ${BACKENDS.join(", ")}.`);
  const rows = positive("--rows", values.rows);
  const everybody = contestantsOn(backend);
  const contestants = everybody.filter(({ name }) =>
    values.only.some((part) => name.toLowerCase().includes(part.toLowerCase())),
  );
  if (contestants.length === 0) {
    const names = everybody.map(({ name }) => name).join("\n  ");
    throw new Error(`--only ${values.only.join(", ")}: nobody has that in the name. There are:\n  ${names}`);
  }
  const works = WORKS.map((work) => shrunk(work, rows));
  return {
    works: works.filter(({ id }) => ids.includes(id)),
    startUp: ids.includes("start") ? works[0] : undefined,
    contestants,
    backend,
    rounds: Math.ceil(positive("--rounds", values.rounds)),
    seconds: positive("--seconds", values.seconds),
    json: values.json,
  };
}

function positive(flag: string, text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < Infinity)) throw new Error(`${flag} ${text}: expected a number above 0.`);
  return value;
}
