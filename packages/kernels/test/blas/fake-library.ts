// A library made of plain loops, and ways to break it: what the test at load must notice without any BLAS installed.
import { COLUMN_MAJOR, type Gemm, TRANSPOSED } from "../../src/blas/calls.ts";
import type { Koffi, NativeFunction, NativeLibrary } from "../../src/blas/koffi.ts";
import type { FloatArray } from "../../src/tensor.ts";

/** CBLAS's gemm by the letter of its standard. */
export const rightGemm: Gemm<FloatArray> = (
  order,
  transA,
  transB,
  m,
  n,
  k,
  alpha,
  a,
  lda,
  b,
  ldb,
  beta,
  c,
  ldc,
) => {
  /** Distances between rows and between columns. */
  const steps = (ld: number, transposed: boolean) =>
    (order === COLUMN_MAJOR) === transposed ? [ld, 1] : [1, ld];
  const [ai, ap] = steps(lda, transA === TRANSPOSED);
  const [bp, bj] = steps(ldb, transB === TRANSPOSED);
  const [ci, cj] = steps(ldc, false);
  // A row of sums at a time, since rows of b lie together in most calls.
  const sums = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    sums.fill(0);
    for (let p = 0; p < k; p++) {
      const factor = a[i * ai + p * ap];
      for (let j = 0; j < n; j++) sums[j] += factor * b[p * bp + j * bj];
    }
    for (let j = 0; j < n; j++) {
      const place = i * ci + j * cj;
      c[place] = beta === 0 ? alpha * sums[j] : alpha * sums[j] + beta * c[place];
    }
  }
};

/** cblas_ddot of a library that counts in 32 bits, or in 64. */
export function ddot(bits: 32 | 64): NativeFunction {
  return (n, x, _incx, y) => {
    const count = Number(BigInt.asIntN(bits, BigInt(n as bigint)));
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (x as FloatArray)[i] * (y as FloatArray)[i];
    return sum;
  };
}

/** A library with these functions. */
export function library(functions: Readonly<Record<string, NativeFunction>>): NativeLibrary {
  return {
    func(name) {
      const found = functions[name];
      if (found === undefined) throw new Error(`Cannot find function '${name}' in shared library`);
      return found;
    },
    symbol: () => 0n,
  };
}

/** A whole BLAS, its product replaced by `gemm`, and more functions in it or others instead. */
export function blasOf(
  gemm: Gemm<FloatArray> = rightGemm,
  more: Readonly<Record<string, NativeFunction>> = {},
): NativeLibrary {
  const product = gemm as NativeFunction;
  return library({ cblas_sgemm: product, cblas_dgemm: product, cblas_ddot: ddot(32), ...more });
}

/** A koffi that finds these libraries and no others. */
export function koffiWith(libraries: Readonly<Record<string, NativeLibrary>>): Koffi {
  return {
    load(path) {
      const found = libraries[path];
      if (found === undefined) throw new Error(`Failed to load shared library: no ${path}`);
      return found;
    },
    address: () => 4096n,
  };
}
