// The options of matmul at the border: what is added to the product, and to what the product is added.
import { ShapeError, ValueError } from "../errors.ts";
import type { MatmulOptions } from "../kernels.ts";
import { isSingle, type Tensor } from "../tensor.ts";
import { isText, wrongShape } from "./describe.ts";
import { judgeFinite } from "./numbers.ts";
import { judgeFloats, judgeSameDtype } from "./operands.ts";
import { judgeApart } from "./outputs.ts";

/** @throws ValueError if alpha or byteScale does not fit; DtypeError, ShapeError or AliasError if the bias does not. */
export function judgeOptions(
  { accumulate, alpha, bias, byteScale }: MatmulOptions,
  b: Tensor,
  out: Tensor,
): void {
  if (alpha !== undefined) judgeAlpha(alpha, accumulate === true, out);
  if (byteScale !== undefined) judgeByteScale(byteScale, out);
  if (bias !== undefined) judgeBias(bias, b, out);
}

function judgeByteScale(byteScale: number, out: Tensor): void {
  judgeFinite("matmul", "byteScale", byteScale, out);
  if ((isSingle(out.data) ? Math.fround(byteScale) : byteScale) !== 0) return;
  throw new ValueError(
    `matmul: byteScale is ${byteScale}, which is 0 in ${out.dtype}: all of a would be. Give another number, such as ` +
      "1/255 for pixels.",
  );
}

function judgeAlpha(alpha: number, accumulate: boolean, out: Tensor): void {
  judgeFinite("matmul", "alpha", alpha, out);
  if (accumulate) return;
  throw new ValueError(
    "matmul: alpha scales what accumulate adds to `out`, but accumulate is not set. Give accumulate: true, or leave " +
      "alpha out.",
  );
}

function judgeBias(bias: Tensor, b: Tensor, out: Tensor): void {
  judgeFloats("matmul", "bias", bias);
  judgeSameDtype("matmul", "b", b, "bias", bias);
  if (b.shape.length !== 2) {
    throw new ShapeError(
      `matmul: bias is added to every column of the product, but it has none: ${isText("b", b)}.`,
    );
  }
  const columns = b.shape[1];
  if (bias.shape.length !== 1 || bias.shape[0] !== columns) {
    throw wrongShape("matmul", "bias", bias, [columns], `${isText("b", b)}, one bias per column`);
  }
  judgeApart("matmul", "out", out, "bias", bias);
}
