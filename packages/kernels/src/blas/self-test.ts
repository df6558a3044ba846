// Whether a library computes what CBLAS promises, asked before anything relies on it: whole numbers, so every sum is exact.
import type { FloatArray } from "../tensor.ts";
import { AS_IT_IS, COLUMN_MAJOR, ROW_MAJOR, TRANSPOSED, type TypedGemm } from "./calls.ts";
import { find } from "./facts.ts";
import type { NativeLibrary } from "./koffi.ts";

/** m, k, n: one element, odd sizes around vector widths, and one that is large enough for a library's blocks. */
const SIZES = [
  [1, 1, 1],
  [3, 5, 2],
  [1, 17, 9],
  [8, 16, 33],
  [101, 103, 104],
] as const;

/** alpha and beta: replacing, adding, and adding a multiple. */
const FACTORS = [
  [1, 0],
  [1, 1],
  [-2, 1],
] as const;

/** Processors whose calling convention passes numbers of 32 and 64 bits in the same places. */
const SIXTY_FOUR_BITS = ["x64", "arm64", "loong64", "ppc64", "riscv64", "s390x"];

/** What stands around a result and must stay there. */
const GUARD = -77;

/**
 * Whether the library counts in 64 bits (ILP64) under the names of one that counts in 32. A length whose lower half is 3
 * and whose upper half makes it negative is 3 elements to the one, and nothing to do for the other.
 */
export function countsIn64Bits(library: NativeLibrary, arch: string): boolean {
  if (!SIXTY_FOUR_BITS.includes(arch)) return false;
  const ddot = find(library, "cblas_ddot", "double", ["int64_t", "double *", "int", "double *", "int"]);
  if (ddot === undefined) return false;
  const x = Float64Array.of(1, 2, 3);
  return ddot((-1n << 32n) | 3n, x, 1, x, 1) === 0;
}

/** What is wrong with the products of one element type, in words that follow "it"; undefined when nothing is. */
export function faultOf(gemm: TypedGemm, make: (length: number) => FloatArray): string | undefined {
  let turn = 0;
  for (const [m, k, n] of SIZES) {
    // a is u·vᵀ, b is w·zᵀ and c is x·yᵀ: then a·b is (v·w) u·zᵀ, which takes no product to check a product.
    const [u, v, w, z, x, y] = [m, k, k, n, m, n].map(wholeNumbers);
    const inner = v.reduce((sum, value, p) => sum + value * w[p], 0);
    // The large one costs milliseconds: one order, and both transposed or none, have to do.
    const isLarge = m * k * n > 100_000;
    for (const order of isLarge ? [ROW_MAJOR] : [ROW_MAJOR, COLUMN_MAJOR]) {
      for (const transA of [AS_IT_IS, TRANSPOSED]) {
        for (const transB of isLarge ? [transA] : [AS_IT_IS, TRANSPOSED]) {
          // All three pairs of factors come round, whatever the transposition.
          const [alpha, beta] = FACTORS[turn++ % FACTORS.length];
          const left = laid(u, v, (order === ROW_MAJOR) === (transA === AS_IT_IS), make);
          const right = laid(w, z, (order === ROW_MAJOR) === (transB === AS_IT_IS), make);
          const out = laid(x, y, order === ROW_MAJOR, make);
          // With beta 0 the old numbers must not be read.
          if (beta === 0) fill(out, Number.NaN);
          const { byArray } = gemm;
          const [{ data: A, ld: lda }, { data: B, ld: ldb }] = [left, right];
          byArray(order, transA, transB, m, n, k, alpha, A, lda, B, ldb, beta, out.data, out.ld);
          const what = `${m}×${k} by ${k}×${n}, order ${order}, transposes ${transA} and ${transB}, alpha ${alpha}, beta ${beta}`;
          for (let i = 0; i < m; i++) {
            for (let j = 0; j < n; j++) {
              const expected = alpha * inner * u[i] * z[j] + beta * x[i] * y[j];
              const found = out.data[i * out.rowStep + j * out.columnStep];
              if (found !== expected)
                return `multiplies wrongly (${what}): ${found} where ${expected} is right`;
            }
          }
          fill(out, GUARD);
          if (!isFilled(out.data)) return `writes outside its result (${what})`;
        }
      }
    }
  }
  return undefined;
}

/** Whole numbers from −4 to 5, none of them 0: nothing that is left out goes unnoticed. */
function wholeNumbers(count: number, seed: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => ((i * 7 + seed * 5 + (i >> 3)) % 9) - 4 || 5);
}

/** A matrix as CBLAS is told it lies, with guards behind each of its lines. */
interface Laid {
  readonly data: FloatArray;
  readonly rows: number;
  readonly columns: number;
  readonly rowStep: number;
  readonly columnStep: number;
  readonly ld: number;
}

/** The matrix of the products of `left`'s elements, one a row, with `right`'s, one a column. */
function laid(
  left: Float64Array,
  right: Float64Array,
  byRows: boolean,
  make: (length: number) => FloatArray,
): Laid {
  const [rows, columns] = [left.length, right.length];
  const ld = (byRows ? columns : rows) + 3;
  const data = make((byRows ? rows : columns) * ld).fill(GUARD);
  const [rowStep, columnStep] = byRows ? [ld, 1] : [1, ld];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) data[i * rowStep + j * columnStep] = left[i] * right[j];
  }
  return { data, rows, columns, rowStep, columnStep, ld };
}

function fill({ data, rows, columns, rowStep, columnStep }: Laid, value: number): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) data[i * rowStep + j * columnStep] = value;
  }
}

function isFilled(data: FloatArray): boolean {
  for (let i = 0; i < data.length; i++) if (data[i] !== GUARD) return false;
  return true;
}
