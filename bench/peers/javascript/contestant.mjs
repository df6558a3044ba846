// What every JavaScript contestant's program does around its net: take the task, say when the first step is done,
// then train and be judged as often as it is asked. One line of JSON for each question and each answer.
import { createInterface } from "node:readline";
import { images, labels } from "./mnist.mjs";

const JUDGED = 1000;

/**
 * @typedef {import("../../train/works.ts").Task} Task
 * @typedef {object} Net
 * @property {string} description Versions of what it runs on.
 * @property {(steps: number) => unknown} train Does the steps, and comes back when the last is done. It may return
 *   its own { seconds, samples }.
 * @property {() => unknown} [firstStep] One step; may return how many seconds ago it was done. Default: train(1).
 * @property {(pixels: Float32Array, count: number) => unknown} probabilities Ten numbers for each of `count` images.
 */

/**
 * Runs the program: `make` loads the data and builds the net.
 * @param {(task: Task) => Net | Promise<Net>} make
 */
export async function contestant(make) {
  /** @type {Task} */
  const task = JSON.parse(process.argv[2] ?? "{}");
  const net = await make(task);
  const secondsAgo = (await (net.firstStep ?? (() => net.train(1)))()) ?? 0;
  say({ event: "first-step", description: net.description, secondsAgo });

  const pixels = images(task.mnist, "t10k", JUDGED);
  const answers = labels(task.mnist, "t10k", JUDGED);
  for await (const line of createInterface({ input: process.stdin })) {
    const { command, steps } = JSON.parse(line);
    if (command === "train") say(await timed(net, task, steps));
    else say(judged(/** @type {ArrayLike<number>} */ (await net.probabilities(pixels, JUDGED)), answers));
  }
}

/**
 * @param {Net} net
 * @param {Task} task
 * @param {number} steps
 */
async function timed(net, task, steps) {
  const start = performance.now();
  const own = await net.train(steps);
  const seconds = (performance.now() - start) / 1000;
  return own ?? { seconds, samples: steps * task.batch };
}

/**
 * Mean of −log(probability of the right class), and the share of images whose largest probability is the right one's.
 * @param {ArrayLike<number>} probabilities
 * @param {Uint8Array} answers
 */
function judged(probabilities, answers) {
  let loss = 0;
  let right = 0;
  for (const [i, answer] of answers.entries()) {
    const row = Array.from({ length: 10 }, (_, c) => Number(probabilities[i * 10 + c]));
    loss -= Math.log(Math.max(Number(row[answer]), 1e-30));
    if (row.indexOf(Math.max(...row)) === answer) right++;
  }
  return { loss: loss / answers.length, accuracy: right / answers.length };
}

/** @param {object} answer */
function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
