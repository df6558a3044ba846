// Peers in processes of their own: each is given the sizes and answers with its seconds.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
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

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const COMMANDS: readonly (readonly [command: string, script: string])[] = [
  ["python3", path("./openblas.py")],
  [process.execPath, path("../peers/javascript/tfjs-kernels.mjs")],
];

/** What every peer that is installed measured; one that is not is left out. */
export function measurePeers(): Peer[] {
  const input = JSON.stringify({
    products: PRODUCTS.map(({ m, k, n, layout }) => [m, k, n, layout]),
    rows: ROWS,
  });
  return COMMANDS.flatMap(([command, script]) => {
    const { status, stdout, stderr } = spawnSync(command, [script], { input, encoding: "utf8" });
    if (status === 0) return [JSON.parse(stdout) as Peer];
    process.stderr.write(`Left out: ${script}\n${stderr ?? ""}\n`);
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
