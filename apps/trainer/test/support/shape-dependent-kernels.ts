// Kernels whose products have other bits for another size, as a native BLAS's may: every test machine has them, and no
// size is one where they happen to agree. They also write down what they multiplied.
import type { Kernels, KernelsOptions, Tensor } from "@gradloom/kernels";

/** Products since the list was last emptied, as "rows×inner×columns". */
export const multiplied: string[] = [];

export function shapeDependent(create: (options: KernelsOptions) => Kernels): typeof create {
  return (options) => {
    const kernels = create(options);
    return {
      ...kernels,
      matmul(a, b, out, how) {
        const product = kernels.matmul(a, b, out, how);
        const [rows = 0, columns = 0] = product.shape;
        const inner = a.shape[1] ?? 0;
        multiplied.push(`${rows}×${inner}×${columns}`);
        scale(product, 1 + (7 * rows + 5 * columns + 3 * inner) * 2 ** -14);
        return product;
      },
    };
  };
}

function scale(matrix: Tensor, factor: number): void {
  const [rows = 0, columns = 0] = matrix.shape;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) matrix.set(i, j, matrix.get(i, j) * factor);
}
