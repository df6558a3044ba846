// The most multiply-adds per second that one WASM variant can do: thirteen sums in registers (with two factors, all that V8 gives), no memory touched.
import { compile, type Variant } from "./compile.ts";

const SUMS = 13;
const LENGTH = 50_000;

/** One function, run(steps, a). */
export function source(type: "f32" | "f64", variant: Variant): string {
  const sums = Array.from({ length: SUMS }, (_, i) => `s${i}`);
  const step = (s: string): string =>
    variant === "relaxed"
      ? `${s} = v128.relaxed_madd<${type}>(x, y, ${s});`
      : `${s} = v128.add<${type}>(v128.mul<${type}>(${s}, y), x);`;
  return `export function run(steps: i32, a: ${type}): ${type} {
    const x = v128.splat<${type}>(a), y = v128.splat<${type}>(a * a);
    let ${sums.map((s, i) => `${s} = v128.splat<${type}>(a + ${i})`).join(", ")};
    for (let i = 0; i < steps; i++) { ${sums.map(step).join(" ")} }
    let total = ${sums.slice(1).reduce((all, s) => `v128.add<${type}>(${all}, ${s})`, sums[0])};
    return v128.extract_lane<${type}>(total, 0);
  }`;
}

/** A loop to be timed beside what it is the measure of. */
export interface RegisterLoop {
  readonly run: () => void;
  /** Floating-point operations of one run. */
  readonly work: number;
}

/** The loop of one element type and variant, warmed up. */
export async function registerLoop(type: "f32" | "f64", variant: Variant): Promise<RegisterLoop> {
  const bytes = await compile("peak.ts", variant, { "peak.ts": source(type, variant) });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes as BufferSource), {
    env: { memory },
  });
  const run = exports.run as (steps: number, a: number) => number;
  for (let i = 0; i < 100; i++) run(LENGTH, 0.5);
  return { run: () => void run(LENGTH, 0.5), work: LENGTH * SUMS * 2 * (type === "f32" ? 4 : 2) };
}
