// Peers on one thread, in processes of their own: each is given the sizes, checks its results, and answers with its seconds.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findRuntimes } from "../train/available.ts";
import type { Requirement } from "../train/contestants.ts";
import { missingLines } from "../train/missing.ts";
import { PRODUCTS, ROWS } from "./shapes.ts";

/** Seconds per product and per softmax, in the order of shapes.ts. */
export interface Seconds {
  readonly products: readonly number[];
  readonly rows: readonly number[];
}

export interface Peer {
  readonly name: string;
  readonly float32?: Seconds;
  readonly float64?: Seconds;
}

interface Program {
  readonly name: string;
  readonly family: string;
  /** Relative to bench/. */
  readonly file: string;
  readonly needs: Requirement;
}

const python = (modules: readonly string[], packages: string): Requirement => ({
  language: "python",
  modules,
  install: `apt-get install ${packages} libopenblas0-pthread`,
});
const javascript = (...modules: readonly string[]): Requirement => ({
  language: "javascript",
  modules,
  install: "npm install --prefix bench/peers",
});

const PROGRAMS: readonly Program[] = [
  {
    name: "NumPy",
    family: "NumPy",
    file: "peers/python/numpy_kernels.py",
    needs: python(["numpy"], "python3-numpy"),
  },
  {
    name: "PyTorch",
    family: "PyTorch",
    file: "peers/python/torch_kernels.py",
    needs: python(["numpy", "torch"], "python3-torch"),
  },
  {
    name: "TensorFlow.js",
    family: "TensorFlow.js",
    file: "peers/javascript/tfjs-kernels.mjs",
    needs: javascript("@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"),
  },
  {
    name: "onnxruntime-web",
    family: "onnxruntime-web",
    file: "peers/javascript/onnx-kernels.mjs",
    needs: javascript("onnxruntime-web"),
  },
  {
    name: "jax-js",
    family: "jax-js",
    file: "peers/javascript/jax-kernels.mjs",
    needs: javascript("@jax-js/jax"),
  },
];

/** Tells on stderr who is not installed, and how that would change; call it once. */
export function tellMissing(): void {
  const runtimes = findRuntimes(PROGRAMS);
  const missing = PROGRAMS.filter(({ name }) => runtimes.get(name) === undefined);
  for (const line of missingLines(missing)) process.stderr.write(`${line}\n`);
}

/** What every peer that is installed measured; one whose results are wrong is left out, with its own words. */
export function measurePeers(): Peer[] {
  const input = JSON.stringify({
    products: PRODUCTS.map(({ m, k, n, layout }) => [m, k, n, layout]),
    rows: ROWS,
  });
  const runtimes = findRuntimes(PROGRAMS);
  return PROGRAMS.flatMap(({ name, file }) => {
    const runtime = runtimes.get(name);
    if (runtime === undefined) return [];
    const script = fileURLToPath(new URL(`../${file}`, import.meta.url));
    const { status, stdout, stderr } = spawnSync(runtime, [script], { input, encoding: "utf8" });
    if (status === 0) return [JSON.parse(stdout) as Peer];
    process.stderr.write(`Left out: ${name}\n${stderr ?? ""}\n`);
    return [];
  });
}

/** The better of two measurements of the same peers, figure by figure. */
export function better(first: readonly Peer[], second: readonly Peer[]): Peer[] {
  const least = (a: Seconds | undefined, b: Seconds | undefined): Seconds | undefined => {
    if (a === undefined || b === undefined) return a ?? b;
    const min = (x: readonly number[], y: readonly number[]): number[] =>
      x.map((value, i) => Math.min(value, y[i]));
    return { products: min(a.products, b.products), rows: min(a.rows, b.rows) };
  };
  return first.map((peer) => {
    const other = second.find(({ name }) => name === peer.name);
    const [float32, float64] = [least(peer.float32, other?.float32), least(peer.float64, other?.float64)];
    return { name: peer.name, ...(float32 && { float32 }), ...(float64 && { float64 }) };
  });
}
