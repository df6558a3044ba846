// The parts of a large product that gemm-profile.ts times, each compiled from the kernels' own sources.
import { compile, type Variant } from "./compile.ts";

export type Element = "f32" | "f64";

/** A call to be repeated. */
export interface Part {
  readonly name: string;
  readonly run: () => void;
  /** Floating-point operations of one run, or 0 if it only copies. */
  readonly work: number;
  /** The product that this is a part of. */
  readonly within?: string;
}

/** The loops of gemm.ts without the tiles say what packing costs. */
const source = (type: Element): string => `
  import { A_BLOCK, B_BLOCK, evenCut, KC, MR, PANEL } from "./assembly/gemm/blocks";
  import { gemm } from "./assembly/gemm/gemm";
  import { macro } from "./assembly/gemm/macro";
  import { packA, packB } from "./assembly/gemm/pack";
  import { tile } from "./assembly/gemm/tiles";
  export { GEMM_SCRATCH as scratch, KC as steps, MR as height } from "./assembly/gemm/blocks";
  const SIZE: i32 = sizeof<${type}>();
  export function tiles(times: i32, a: usize, b: usize, c: usize): void {
    for (let i = 0; i < times; i++) tile<${type}>(MR, KC, a, SIZE, MR * SIZE, b, PANEL, c, PANEL, MR, false);
  }
  export function block(rows: i32, columns: i32, a: usize, b: usize, c: usize, cRow: i32, spare: usize): void {
    macro<${type}>(rows, columns, KC, a, true, 0, 0, b, c, cRow, SIZE, false, spare);
  }
  export function product(m: i32, k: i32, n: i32, a: usize, b: usize, c: usize, scratch: usize): void {
    gemm<${type}>(m, n, k, a, k * SIZE, SIZE, b, n * SIZE, SIZE, c, n * SIZE, SIZE, false, 0, false, scratch);
  }
  export function packing(m: i32, k: i32, n: i32, a: usize, b: usize, ofB: bool, scratch: usize): void {
    const kc = evenCut(k, KC), width = PANEL / SIZE;
    const mc = evenCut((m + MR - 1) / MR, A_BLOCK / (KC * SIZE) / MR) * MR;
    const nc = evenCut((n + width - 1) / width, B_BLOCK / (kc * PANEL)) * width;
    for (let j = 0; j < n; j += nc) {
      for (let p = 0; p < k; p += kc) {
        const steps = min(kc, k - p);
        if (ofB) packB<${type}>(scratch + A_BLOCK, b + (p * n + j) * SIZE, n * SIZE, SIZE, steps, min(nc, n - j));
        else for (let i = 0; i < m; i += mc) packA<${type}>(scratch, a + (i * k + p) * SIZE, k * SIZE, SIZE, min(mc, m - i), steps);
      }
    }
  }`;

interface Exports {
  readonly scratch: WebAssembly.Global;
  readonly steps: WebAssembly.Global;
  readonly height: WebAssembly.Global;
  tiles(times: number, a: number, b: number, c: number): void;
  block(rows: number, columns: number, a: number, b: number, c: number, cRow: number, spare: number): void;
  product(m: number, k: number, n: number, a: number, b: number, c: number, scratch: number): void;
  packing(m: number, k: number, n: number, a: number, b: number, ofB: boolean, scratch: number): void;
}

const MIB = 1024 * 1024;
/** So many bytes of a packed a lie in the second-level cache. */
const A_BYTES = 256 * 1024;

/** What a product is made of, from the innermost out. */
export async function parts(type: Element, variant: Variant): Promise<readonly Part[]> {
  const bytes = await compile("parts.ts", variant, { "parts.ts": source(type) });
  const memory = new WebAssembly.Memory({ initial: (64 * MIB) / 65536 });
  new Float64Array(memory.buffer).fill(0.5);
  const module = new WebAssembly.Module(bytes as BufferSource);
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports;
  const [scratch, steps, height] = [wasm.scratch.value, wasm.steps.value, wasm.height.value] as number[];
  const size = type === "f32" ? 4 : 8;
  const rows = Math.floor(A_BYTES / (steps * size) / height) * height;
  const columns = 256;
  // The products' scratch memory first, then their operands; the blocks and the tile lie in the scratch memory too.
  const [packedA, packedB] = [64, 64 + A_BYTES];
  const a = Math.ceil((64 + scratch) / MIB) * MIB;
  const [b, c] = [a + 16 * MIB, a + 32 * MIB];
  return [
    {
      name: `one tile of ${height}×${32 / size}, ${steps} steps, in the first-level cache`,
      run: () => wasm.tiles(64, packedA, packedB, c),
      work: 64 * 2 * height * (32 / size) * steps,
    },
    {
      name: `a packed block, ${rows}×${steps}×${columns}, rows of c ${1024 * size} bytes apart`,
      run: () => wasm.block(rows, columns, packedA, packedB, c, 1024 * size, 64 + scratch - 1024),
      work: 2 * rows * steps * columns,
    },
    ...(
      [
        [512, 512, 512],
        [1024, 784, 1024],
      ] as const
    ).flatMap(([m, k, n]): Part[] => {
      const within = `${m}×${k}×${n}`;
      return [
        { name: within, run: () => wasm.product(m, k, n, a, b, c, 64), work: 2 * m * k * n },
        { name: "  packing a", run: () => wasm.packing(m, k, n, a, b, false, 64), work: 0, within },
        { name: "  packing b", run: () => wasm.packing(m, k, n, a, b, true, 64), work: 0, within },
      ];
    }),
  ];
}
