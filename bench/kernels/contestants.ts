// Our own backends on the measured sizes: each result is checked before its call may be timed.
import {
  Arena,
  type BackendName,
  createKernels,
  type Dtype,
  type FloatArray,
  type Tensor,
} from "@gradloom/kernels";
import { PRODUCTS, type Product, ROWS } from "./shapes.ts";

/** One call that can be repeated, and how much work it is. */
export interface Call {
  readonly run: () => void;
}

/** Every product, then every softmax, of one backend and dtype. */
export interface Contestant {
  readonly backend: BackendName;
  readonly dtype: Dtype;
  readonly products: readonly Call[];
  readonly rows: readonly Call[];
}

function filled(arena: Arena, dtype: Dtype, shape: readonly number[], seed: number): Tensor<FloatArray> {
  const t = arena.allocate(dtype, shape);
  for (let i = 0; i < t.data.length; i++) t.data[i] = Math.sin(i * 0.37 + seed);
  return t as Tensor<FloatArray>;
}

/** a (m,k) and b (k,n) of a product; a transposed one is a view. */
function operands(arena: Arena, dtype: Dtype, { m, k, n, layout }: Product): Tensor<FloatArray>[] {
  const a =
    layout === "tn" ? filled(arena, dtype, [k, m], 1).transpose(1, 0) : filled(arena, dtype, [m, k], 1);
  const b =
    layout === "nt" ? filled(arena, dtype, [n, k], 2).transpose(1, 0) : filled(arena, dtype, [k, n], 2);
  return [a, b];
}

interface Truth {
  readonly products: readonly Tensor[];
  readonly rows: readonly Tensor[];
}

const truths = new Map<Dtype, Truth>();

/** The reference's results: computed once per dtype, since plain loops take seconds over the large products. */
function truth(dtype: Dtype): Truth {
  const known = truths.get(dtype);
  if (known !== undefined) return known;
  const arena = Arena.create({ byteLength: 256 * 1024 * 1024 });
  const kernels = createKernels({ backend: "reference" });
  const computed = {
    products: PRODUCTS.map((product) => {
      const [a, b] = operands(arena, dtype, product);
      return kernels.matmul(a, b);
    }),
    rows: ROWS.map(([r, c]) => kernels.softmax(filled(arena, dtype, [r, c], 4))),
  };
  truths.set(dtype, computed);
  return computed;
}

/** Whether this machine has a BLAS and koffi. If not, says so on stderr. */
export function hasBlas(): boolean {
  try {
    createKernels({ backend: "blas" });
    return true;
  } catch (error) {
    process.stderr.write(
      `without the backend blas: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return false;
  }
}

/**
 * A backend with everything in its arena.
 * @throws Error if a result is further from the reference's than its rounding explains (for `wasm`: at all).
 */
export function contestant(backend: BackendName, dtype: Dtype): Contestant {
  const arena = Arena.create({ byteLength: 256 * 1024 * 1024 });
  const kernels = createKernels({ backend, arena });
  const right = truth(dtype);
  const products = PRODUCTS.map((product, i) => {
    const [a, b] = operands(arena, dtype, product);
    const out = filled(arena, dtype, [product.m, product.n], 3);
    kernels.matmul(a, b, out);
    const bound = product.k * (dtype === "float32" ? 2 ** -23 : 2 ** -52);
    check(`${backend} ${product.what}`, backend, out, right.products[i], bound);
    return { run: () => void kernels.matmul(a, b, out) };
  });
  const rows = ROWS.map(([r, c], i) => {
    const x = filled(arena, dtype, [r, c], 4);
    const out = filled(arena, dtype, [r, c], 5);
    kernels.softmax(x, out);
    check(`${backend} softmax`, backend, out, right.rows[i], dtype === "float32" ? 2 ** -20 : 2 ** -48);
    return { run: () => void kernels.softmax(x, out) };
  });
  return { backend, dtype, products, rows };
}

/** Entries are sums of products of numbers in [−1, 1]: k times the rounding of one is a generous bound. */
function check(what: string, backend: BackendName, got: Tensor, wanted: Tensor, bound: number): void {
  for (let i = 0; i < got.data.length; i++) {
    const off = Math.abs(got.data[i] - wanted.data[i]);
    const most =
      backend === "wasm-relaxed" || backend === "blas"
        ? bound * Math.max(1, Math.abs(wanted.data[i])) * 8
        : 0;
    if (!(off <= most)) throw new Error(`${what}: entry ${i} is ${got.data[i]}, expected ${wanted.data[i]}.`);
  }
}
