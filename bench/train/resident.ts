// A contestant's process: started once, then asked for one thing at a time in lines of JSON.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Contestant } from "./contestants.ts";
import type { Task } from "./works.ts";

const LIMIT_MS = 180_000;
const BENCH = fileURLToPath(new URL("../", import.meta.url));

/** Its first step of training is done. */
export interface Ready {
  /** Versions of what it runs on. */
  readonly description: string;
  /** From the start of the process to the end of the first step. */
  readonly seconds: number;
}

export interface Timed {
  readonly seconds: number;
  readonly samples: number;
}

/** How good the net is on the first 1,000 test images. */
export interface Judgement {
  readonly loss: number;
  readonly accuracy: number;
}

type Answer = Readonly<Record<string, unknown>>;

export class Resident {
  readonly name: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #started: number;
  #stderr = "";
  #answer: ((answer: Answer) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;
  #ended: Error | undefined;

  constructor(contestant: Contestant, task: Task, runtime: string) {
    this.name = contestant.name;
    const threads = String(contestant.threads);
    this.#started = performance.now();
    this.#child = spawn(runtime, [BENCH + contestant.file, JSON.stringify(task)], {
      env: {
        ...process.env,
        NODE_OPTIONS: "",
        OMP_NUM_THREADS: threads,
        OPENBLAS_NUM_THREADS: threads,
        MKL_NUM_THREADS: threads,
      },
    });
    this.#child.stderr.on("data", (chunk) => {
      this.#stderr = (this.#stderr + chunk).slice(-2000);
    });
    createInterface({ input: this.#child.stdout }).on("line", (line) => this.#hear(line));
    // A pipe to a process that is gone: its end is told below.
    this.#child.stdin.on("error", () => {});
    this.#child.on("error", (error) => this.#end(error));
    this.#child.on("close", (code) => {
      const cause = new Error(this.#stderr.trim());
      this.#end(new Error(`ended with ${code}: ${complaint(cause.message)}`, { cause }));
    });
  }

  /** Waits for the first step. */
  async ready(): Promise<Ready> {
    const answer = await this.#next("start");
    const arrived = (performance.now() - this.#started) / 1000;
    return { description: String(answer.description), seconds: arrived - Number(answer.secondsAgo ?? 0) };
  }

  /** Trains `steps` steps, or a few more; the contestant's own clock runs from the first to the end of the last. */
  async train(steps: number): Promise<Timed> {
    const before = performance.now();
    const { seconds, samples } = await this.#ask({ command: "train", steps });
    const timed = { seconds: Number(seconds), samples: Number(samples) };
    const wall = (performance.now() - before) / 1000;
    if (!(timed.seconds > 0 && timed.seconds <= wall && timed.samples > 0)) {
      throw new Error(`${this.name} says ${JSON.stringify(timed)} of ${wall} s: its clock or count is wrong`);
    }
    return timed;
  }

  async judge(): Promise<Judgement> {
    const { loss, accuracy } = await this.#ask({ command: "judge" });
    return { loss: Number(loss ?? Number.NaN), accuracy: Number(accuracy ?? Number.NaN) };
  }

  /** Ends the process. */
  close(): void {
    this.#child.kill("SIGKILL");
  }

  async #ask(question: Answer): Promise<Answer> {
    const answer = this.#next(String(question.command));
    this.#child.stdin.write(`${JSON.stringify(question)}\n`);
    return await answer;
  }

  async #next(what: string): Promise<Answer> {
    if (this.#ended !== undefined) throw this.#ended;
    return await new Promise<Answer>((resolve, reject) => {
      const late = (): void =>
        reject(new Error(`${this.name}: no answer to "${what}" in ${LIMIT_MS / 1000} s`));
      const timer = setTimeout(late, LIMIT_MS);
      this.#answer = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
      this.#fail = (error) => {
        clearTimeout(timer);
        reject(error);
      };
    });
  }

  #hear(line: string): void {
    // Libraries print what they like; answers are the lines that begin an object.
    if (line.startsWith("{")) this.#answer?.(JSON.parse(line) as Answer);
  }

  #end(error: Error): void {
    this.#ended ??= new Error(`${this.name} ${error.message}`, { cause: error });
    this.#fail?.(this.#ended);
  }
}

/** The line of an error output that says what happened: Node writes it first, Python last. */
function complaint(stderr: string): string {
  return /^\S*(?:Error|Exception)\b.*$/m.exec(stderr)?.[0] ?? stderr.split("\n").at(-1) ?? "";
}
