// The one function used of a package that ships no types.
declare module "ndarray-blas-level2/gemv.js" {
  import type { NdArray } from "ndarray";

  type Floats = Float32Array | Float64Array;

  /** y ← α·A·x + β·y. Checks no shape; reads y even where β is 0. */
  export default function gemv(
    alpha: number,
    A: NdArray<Floats>,
    x: NdArray<Floats>,
    beta: number,
    y: NdArray<Floats>,
  ): true;
}
