// The product by the schoolbook, written apart from the reference backend: what both of them are held against.
import type { Dtype } from "../../src/tensor.ts";

/** c[i,j] + Σ a[i,p]·b[p,j] over row-major numbers, p in natural order, rounded after each step of float32. */
export function naiveProduct(
  a: readonly number[],
  b: readonly number[],
  [m, k, n]: readonly [number, number, number],
  dtype: Dtype,
  c?: readonly number[],
): number[] {
  const round = dtype === "float32" ? Math.fround : (x: number) => x;
  const product: number[] = [];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = c === undefined ? 0 : round(c[i * n + j]);
      for (let p = 0; p < k; p++) sum = round(sum + round(round(a[i * k + p]) * round(b[p * n + j])));
      product.push(sum);
    }
  }
  return product;
}
