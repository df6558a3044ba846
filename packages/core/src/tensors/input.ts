// What a net may be fed: floats, or unsigned bytes, such as pixels, where it was told what a byte is worth.
import { type ByteTensor, isBytes, type Tensor } from "@gradloom/kernels";
import { DtypeError, ShapeError } from "../errors.ts";
import { rowsOf } from "./rows.ts";
import { shapeText } from "./shapes.ts";

/** Samples: floats in any shape that is a batch, or bytes (N, D) that are worth byteScale each. */
export type Input = Tensor | ByteTensor;

/**
 * x as (N, D): a view of floats where possible, else a copy; bytes as they are.
 * @throws DtypeError for bytes where nobody said what one is worth; ShapeError for bytes that are no matrix.
 */
export function inputRows(x: Input, byteScale: number | undefined): Input {
  if (!isBytes(x)) return rowsOf(x, "x");
  if (byteScale === undefined) {
    throw new DtypeError(
      "x holds uint8 elements, and nothing says what one is worth. Give the option byteScale, such as 1/255 for pixels, " +
        "or make floats of them with kernels.gatherRows.",
    );
  }
  if (x.shape.length !== 2) {
    throw new ShapeError(`x of bytes needs the shape (N, D), and it is ${shapeText(x.shape)}`);
  }
  return x;
}
