// The products and the softmaxes that are measured: those of a training step, and square ones.

export interface Product {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  /** Which operands are transposed views: "t" for a or b. */
  readonly layout: "nn" | "tn" | "nt";
  readonly what: string;
}

export const PRODUCTS: readonly Product[] = [
  { m: 100, k: 784, n: 50, layout: "nn", what: "x·W1, batch 100" },
  { m: 50, k: 784, n: 50, layout: "nn", what: "x·W1, half a batch" },
  { m: 784, k: 100, n: 50, layout: "tn", what: "xᵀ·dout, batch 100" },
  { m: 784, k: 25, n: 50, layout: "tn", what: "xᵀ·dout, batch 25" },
  { m: 100, k: 50, n: 10, layout: "nn", what: "a·W2" },
  { m: 50, k: 100, n: 10, layout: "tn", what: "aᵀ·dout" },
  { m: 100, k: 10, n: 50, layout: "nt", what: "dout·W2ᵀ" },
  { m: 1, k: 784, n: 50, layout: "nn", what: "one row" },
  { m: 64, k: 64, n: 64, layout: "nn", what: "64³" },
  { m: 512, k: 512, n: 512, layout: "nn", what: "512³" },
  { m: 1024, k: 784, n: 1024, layout: "nn", what: "large" },
];

export const ROWS: readonly (readonly [rows: number, columns: number])[] = [
  [100, 10],
  [1024, 1000],
];

export function flops({ m, k, n }: Product): number {
  return 2 * m * k * n;
}
