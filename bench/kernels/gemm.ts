// The ladder of our matmul and softmax: reference → strict → relaxed, beside each variant's register-only peak and the
// peers, in one run.
//
// node --conditions=@gradloom/source bench/kernels/gemm.ts [--json] [--rounds 150] [--dtype float32] [--alone]
//   --alone   without the peers
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { contestant, hasBlas } from "./contestants.ts";
import { measure } from "./measure.ts";
import { registerLoop } from "./peak.ts";
import { better, measurePeers, tellMissing } from "./peers.ts";
import { flops, PRODUCTS, ROWS } from "./shapes.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    rounds: { type: "string", default: "150" },
    dtype: { type: "string" },
    alone: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);

if (!values.alone) tellMissing();
const blas = hasBlas();
const before = values.alone ? [] : measurePeers();
const tables = [];
for (const dtype of ["float32", "float64"] as const) {
  if (values.dtype !== undefined && values.dtype !== dtype) continue;
  const contestants = (
    ["reference", "wasm", "wasm-relaxed", ...(blas ? (["blas"] as const) : [])] as const
  ).map((backend) => contestant(backend, dtype));
  const type = dtype === "float32" ? "f32" : "f64";
  const loops = [await registerLoop(type, "strict"), await registerLoop(type, "relaxed")];
  tables.push({ dtype, contestants, ...measure(contestants, loops, rounds) });
}
const peers = values.alone ? [] : better(before, measurePeers());

const host = `${cpus()[0].model}, Node ${process.versions.node}`;
if (values.json) {
  const results = tables.map(({ dtype, peaks, contestants, seconds }) => ({
    dtype,
    peaks: { strict: peaks[0], relaxed: peaks[1] },
    ours: Object.fromEntries(contestants.map(({ backend }, i) => [backend, seconds[i]])),
  }));
  console.log(JSON.stringify({ host, products: PRODUCTS, rows: ROWS, results, peers }, null, 1));
} else {
  console.log(host);
  for (const { dtype, peaks, contestants, seconds } of tables) {
    const others = peers.flatMap((peer) =>
      peer[dtype] === undefined ? [] : [{ name: peer.name, seconds: peer[dtype] }],
    );
    console.log(
      `\n${dtype}: GFLOP/s (share of the variant's register-only peak: ${peaks.map((p) => p.toFixed(1)).join(" strict, ")} relaxed)`,
    );
    console.log(
      [
        "product".padEnd(30),
        ...contestants.map((c) => c.backend.padStart(14)),
        ...others.map((o) => o.name),
      ].join(" | "),
    );
    PRODUCTS.forEach((product, i) => {
      const { m, k, n, layout, what } = product;
      const rate = (s: number): number => flops(product) / s / 1e9;
      const ours = seconds.map((s, c) => {
        // The first are plain loops, and a native library has wider registers than the loops whose peak was measured.
        const share =
          c === 0 || c > peaks.length
            ? "       "
            : `(${((100 * rate(s.products[i])) / peaks[c - 1]).toFixed(0)} %)`.padStart(7);
        return `${rate(s.products[i]).toFixed(1).padStart(6)} ${share}`;
      });
      const theirs = others.map((o) => rate(o.seconds.products[i]).toFixed(1).padStart(o.name.length));
      console.log([`${m}×${k}×${n} ${layout} ${what}`.padEnd(30), ...ours, ...theirs].join(" | "));
    });
    ROWS.forEach(([r, c], i) => {
      const rate = (s: number): string => ((r * c) / s / 1e6).toFixed(0);
      const ours = seconds.map((s) => rate(s.rows[i]).padStart(14));
      const theirs = others.map((o) => rate(o.seconds.rows[i]).padStart(o.name.length));
      console.log([`softmax ${r}×${c}, M elements/s`.padEnd(30), ...ours, ...theirs].join(" | "));
    });
  }
}
