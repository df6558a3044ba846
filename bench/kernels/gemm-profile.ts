// Where the time of a large product goes: its tiles and its packing, as shares of the register-only peak and of its time.
//
// node --conditions=@gradloom/source bench/kernels/gemm-profile.ts [--rounds 40] [--busy]
//   --busy   keeps another core at work meanwhile: on some machines the two are threads of one, and share its units
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { describeMachine, machine } from "../report/machine.ts";
import { table } from "../report/table.ts";
import { type Part, parts } from "./gemm-parts.ts";
import { registerLoop } from "./peak.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "40" }, busy: { type: "boolean", default: false } },
});
const rounds = Number(values.rounds);

/** Adds and multiplies in registers until it is terminated. */
const NEIGHBOUR = "let a = 1, b = 2, c = 3; for (;;) { a = a * 0.5 + 1; b = b * 0.5 + 1; c = c * 0.5 + 1; }";

/** How long a part has its turn: many short runs find a quiet moment sooner than one long. */
const TURN_MS = 4;

/** The least time of one run, from as many as make a turn. */
function leastOfTurn(run: () => void): number {
  const end = performance.now() + TURN_MS;
  let least = Infinity;
  for (let start = performance.now(); start < end; ) {
    run();
    const now = performance.now();
    least = Math.min(least, now - start);
    start = now;
  }
  return least;
}

/** The least time of every part, in turns, with that of the registers-only loop between them. */
function leastTimes(all: readonly Part[], loop: () => void): { times: number[]; loopTime: number } {
  const times = all.map(() => Infinity);
  let loopTime = Infinity;
  for (let round = -2; round < rounds; round++) {
    all.forEach(({ run }, i) => {
      const took = leastOfTurn(run);
      const beside = leastOfTurn(loop);
      // The first rounds are the compiler's.
      if (round < 0) return;
      times[i] = Math.min(times[i], took);
      loopTime = Math.min(loopTime, beside);
    });
  }
  return { times, loopTime };
}

console.log(describeMachine(machine()));
const neighbour = values.busy ? new Worker(NEIGHBOUR, { eval: true }) : undefined;
for (const type of ["f32", "f64"] as const) {
  for (const variant of ["strict", "relaxed"] as const) {
    const { run: loop, work } = await registerLoop(type, variant);
    const all = await parts(type, variant);
    const { times, loopTime } = leastTimes(all, loop);
    const peak = work / loopTime;
    const rows = all.map((part, i) => {
      const whole = times[all.findIndex(({ name }) => name === part.within)];
      const share =
        whole === undefined
          ? `${((100 * part.work) / times[i] / peak).toFixed(0)} % of the peak`
          : `${((100 * times[i]) / whole).toFixed(1)} % of its time`;
      return [part.name, times[i].toFixed(2), share];
    });
    console.log(`\n${type}, ${variant}, peak ${(peak / 1e6).toFixed(1)} GFLOP/s`);
    console.log(table(["part", "ms", "share"], rows));
  }
}
await neighbour?.terminate();
