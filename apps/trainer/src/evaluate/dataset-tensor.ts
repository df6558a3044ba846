// A data set's numbers as a net takes them.
import type { Dtype, Tensor } from "@gradloom/core";
import { createKernels } from "@gradloom/kernels";
import ndarray from "ndarray";
import type { Dataset, Standardization } from "../data/dataset.ts";

/**
 * (N, D): ((value − mean) / std) · scale, in `dtype`; without a standardization just value · scale, where bytes take
 * the very gather that training reads them with.
 */
export function datasetTensor(
  { images, rows, columns, scale }: Pick<Dataset, "images" | "rows" | "columns" | "scale">,
  dtype: Dtype,
  standardization?: Standardization,
): Tensor {
  const kernels = createKernels({ backend: "wasm" });
  const x: Tensor = kernels.zeros([rows, columns], dtype);
  if (images instanceof Uint8Array && standardization === undefined) {
    const all = ndarray(Int32Array.from({ length: rows }, (_, i) => i));
    return kernels.gatherRows(ndarray(images, [rows, columns]), all, x, { scale });
  }
  const { mean = [], std = [] } = standardization ?? {};
  for (let i = 0; i < rows * columns; i++) {
    const column = i % columns;
    x.data[i] = (((images[i] ?? 0) - (mean[column] ?? 0)) / (std[column] ?? 1)) * scale;
  }
  return x;
}
