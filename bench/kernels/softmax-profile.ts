// Where softmax's time goes: its parts on rows of 1000 float32, compiled from the kernels' own sources.
//
// node --conditions=@gradloom/source bench/kernels/softmax-profile.ts [--variant relaxed] [--rounds 200]
import { parseArgs } from "node:util";
import { compile, type Variant } from "./compile.ts";

const { values } = parseArgs({
  options: {
    variant: { type: "string", default: "relaxed" },
    rounds: { type: "string", default: "200" },
  },
});

const SOURCE = `
  import { expOfModerate } from "./assembly/exp";
  import { rowMax, softmaxRows } from "./assembly/softmax";
  export * from "./assembly/exp-constants";
  export function largest(times: i32, columns: i32, x: usize): f32 {
    let all: f32 = 0;
    for (let i = 0; i < times; i++) all += rowMax<f32>(columns, x);
    return all;
  }
  export function exponentials(times: i32, columns: i32, x: usize): f32 {
    let s0 = f32x4.splat(0), s1 = f32x4.splat(0);
    for (let i = 0; i < times; i++) {
      for (let j = 0; j + 8 <= columns; j += 8) {
        s0 = f32x4.add(s0, expOfModerate<f32>(v128.load(x + 4 * j)));
        s1 = f32x4.add(s1, expOfModerate<f32>(v128.load(x + 4 * j, 16)));
      }
    }
    return f32x4.extract_lane(f32x4.add(s0, s1), 0);
  }
  export function softmax(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
    softmaxRows<f32>(rows, columns, x, xRow, out, outRow);
  }`;

interface Exports {
  largest(times: number, columns: number, x: number): number;
  exponentials(times: number, columns: number, x: number): number;
  softmax(rows: number, columns: number, x: number, xRow: number, out: number, outRow: number): void;
}

const [ROWS, COLUMNS] = [1024, 1000];
const ROW = 4 * COLUMNS;
const [X, OUT] = [65_536, 65_536 + ROWS * ROW];

const bytes = await compile("softmax-parts.ts", values.variant as Variant, { "softmax-parts.ts": SOURCE });
const memory = new WebAssembly.Memory({ initial: 160 });
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), {
  env: { memory },
});
const { largest, exponentials, softmax } = exports as unknown as Exports;
const floats = new Float32Array(memory.buffer, X, ROWS * COLUMNS);
for (let i = 0; i < floats.length; i++) floats[i] = -4 + 4 * Math.sin(i * 0.37);

const PARTS: readonly (readonly [name: string, run: () => void])[] = [
  ["the largest element, one row in the first-level cache", () => largest(ROWS, COLUMNS, X)],
  ["exponentials and their sum, one row there, nothing stored", () => exponentials(ROWS, COLUMNS, X)],
  ["softmax, one row there again and again", () => softmax(ROWS, COLUMNS, X, 0, OUT, 0)],
  ["softmax of 1024×1000", () => softmax(ROWS, COLUMNS, X, ROW, OUT, ROW)],
];
const least = PARTS.map(() => Number.POSITIVE_INFINITY);
for (let round = 0; round < Number(values.rounds); round++) {
  for (const [i, [, run]] of PARTS.entries()) {
    const start = performance.now();
    run();
    least[i] = Math.min(least[i] ?? 0, performance.now() - start);
  }
}
const whole = least.at(-1) ?? Number.NaN;
console.log(
  `${values.variant}, best of ${values.rounds}: million elements a second, share of the whole softmax's time`,
);
for (const [i, [name]] of PARTS.entries()) {
  const time = least[i] ?? Number.NaN;
  const rate = (ROWS * COLUMNS) / time / 1000;
  console.log(
    `${name.padEnd(60)}${rate.toFixed(0).padStart(6)}${`${((100 * time) / whole).toFixed(0)} %`.padStart(7)}`,
  );
}
