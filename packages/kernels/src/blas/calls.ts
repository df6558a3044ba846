// CBLAS's product of matrices, typed: the standard's constants, and one function for each way of naming the memory.
import type { FloatArray } from "../tensor.ts";
import type { NativeFunction, NativeLibrary } from "./koffi.ts";

/** CBLAS_ORDER: whether the elements of a row or those of a column are neighbours in memory. */
export const ROW_MAJOR = 101;
export const COLUMN_MAJOR = 102;
/** CBLAS_TRANSPOSE. */
export const AS_IT_IS = 111;
export const TRANSPOSED = 112;

/** c (m,n) ← alpha·a (m,k)·b (k,n) + beta·c; with beta 0, c is not read. */
export type Gemm<Place> = (
  order: number,
  transA: number,
  transB: number,
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: Place,
  lda: number,
  b: Place,
  ldb: number,
  beta: number,
  c: Place,
  ldc: number,
) => void;

/** cblas_sgemm or cblas_dgemm. Both work in place; an address costs less than an array, and no array to make. */
export interface TypedGemm {
  readonly byAddress: Gemm<number>;
  readonly byArray: Gemm<FloatArray>;
}

/** @throws Error when the library has no such function. */
export function typedGemm(library: NativeLibrary, type: "float" | "double"): TypedGemm {
  const bind = (pointer: string): NativeFunction =>
    library.func(type === "float" ? "cblas_sgemm" : "cblas_dgemm", "void", [
      ...["int", "int", "int", "int", "int", "int", type],
      ...[pointer, "int", pointer, "int", type, pointer, "int"],
    ]);
  return { byAddress: bind("uintptr_t") as Gemm<number>, byArray: bind(`${type} *`) as Gemm<FloatArray> };
}
