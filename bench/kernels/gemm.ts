// The ladder of our matmul and softmax: reference → strict → relaxed, beside each variant's register-only peak and the
// peers, in one run.
//
// node --conditions=@gradloom/source bench/kernels/gemm.ts [--json] [--rounds 150] [--dtype float32]
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { type Contestant, contestant } from "./contestants.ts";
import { registerPeak } from "./peak.ts";
import { better, measurePeers, type Seconds } from "./peers.ts";
import { flops, PRODUCTS, ROWS } from "./shapes.ts";

const { values } = parseArgs({
  options: {
    json: { type: "boolean" },
    rounds: { type: "string", default: "150" },
    dtype: { type: "string" },
  },
});
const rounds = Number(values.rounds);

/** Each contestant's least seconds per call; rounds are interleaved, so that a disturbance hits all alike. */
function measure(contestants: readonly Contestant[]): Seconds[] {
  const least = contestants.map(({ products, rows }) => ({
    products: products.map(() => Infinity),
    rows: rows.map(() => Infinity),
  }));
  const time = (
    run: () => void,
    work: number,
    slow: boolean,
    into: number[],
    at: number,
    round: number,
  ): void => {
    // Plain loops and large products are given fewer turns: one of them lasts as long as all others together.
    if (work > 1e8 && (slow || round % 6 !== 0)) return;
    if (slow && round > 2) return;
    const repeat = slow ? 1 : Math.max(1, Math.floor(4e6 / work));
    run();
    const start = performance.now();
    for (let r = 0; r < repeat; r++) run();
    const seconds = (performance.now() - start) / 1000 / repeat;
    if (round > 2 || slow) into[at] = Math.min(into[at], seconds);
  };
  for (let round = 0; round < rounds + 3; round++) {
    contestants.forEach(({ backend, products, rows }, c) => {
      const slow = backend === "reference";
      products.forEach(({ run }, i) => {
        time(run, flops(PRODUCTS[i]), slow, least[c].products, i, round);
      });
      rows.forEach(({ run }, i) => {
        time(run, 50 * ROWS[i][0] * ROWS[i][1], slow, least[c].rows, i, round);
      });
    });
  }
  return least;
}

const before = measurePeers();
const tables = [];
for (const dtype of ["float32", "float64"] as const) {
  if (values.dtype !== undefined && values.dtype !== dtype) continue;
  const contestants = (["reference", "wasm", "wasm-relaxed"] as const).map((backend) =>
    contestant(backend, dtype),
  );
  const type = dtype === "float32" ? "f32" : "f64";
  const peaks = [await registerPeak(type, "strict"), await registerPeak(type, "relaxed")];
  const seconds = measure(contestants);
  const peaksAfter = [await registerPeak(type, "strict"), await registerPeak(type, "relaxed")];
  tables.push({ dtype, peaks: peaks.map((peak, i) => Math.max(peak, peaksAfter[i])), contestants, seconds });
}
const peers = better(before, measurePeers());

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
        const share =
          c === 0 ? "     " : `(${((100 * rate(s.products[i])) / peaks[c - 1]).toFixed(0)} %)`.padStart(7);
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
