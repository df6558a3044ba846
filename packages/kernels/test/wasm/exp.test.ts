// The vector exponential by itself: sigmoid(x) is exp(x) to the bit once 1 + exp(x) rounds to 1.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Arena } from "../../src/memory.ts";
import type { Tensor } from "../../src/tensor.ts";
import { wasmBackend } from "../../src/wasm/index.ts";

type Row = readonly [x: number, high: number, low: number];
const fixture: { exp: Row[] } = JSON.parse(
  readFileSync(new URL("../fixtures/exp-log.json", import.meta.url), "utf8"),
);

/** Distance between neighbours at `value`, for a significand of `bits` after its first and a smallest exponent. */
function ulp(value: number, bits: number, smallest: number): number {
  return 2 ** (Math.max(Math.floor(Math.log2(value)), smallest) - bits);
}

for (const variant of ["strict", "relaxed"] as const) {
  const arena = Arena.create({ byteLength: 32 * 1024 * 1024 });
  const backend = wasmBackend(arena, variant);

  test(`${variant}: float32 is within 1.2 ulp of float64, from exp(−17) down to the last subnormal`, () => {
    const count = 400_000;
    const x = arena.allocate("float32", [count]);
    for (let i = 0; i < count; i++) x.data[i] = -17 - (i / count) * (103.9 - 17);
    const y = arena.allocate("float32", [count]);
    backend.sigmoid(x as Tensor, y as Tensor);
    let most = 0;
    for (let i = 0; i < count; i++) {
      const truth = Math.exp(x.data[i]);
      most = Math.max(most, Math.abs(y.data[i] - truth) / ulp(truth, 23, -126));
    }
    expect(most).toBeGreaterThan(0.4);
    expect(most).toBeLessThan(1.2);
  });

  test(`${variant}: float64 is within 1 ulp of NumPy's longdouble below exp(−37)`, () => {
    const rows = fixture.exp.filter(([x]) => x < -37);
    const x = arena.allocate("float64", [rows.length]);
    x.data.set(rows.map(([value]) => value));
    const y = arena.allocate("float64", [rows.length]);
    backend.sigmoid(x as Tensor, y as Tensor);
    const worst = rows.map(([, high, low], i) => Math.abs(y.data[i] - high - low) / ulp(high, 52, -1022));
    expect(rows.length).toBeGreaterThan(200);
    expect(Math.max(...worst)).toBeLessThanOrEqual(1);
  });
}
