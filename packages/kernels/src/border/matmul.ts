// matmul at the border: NumPy's meaning for 1-D and 2-D operands, judged before any number is read.
import type { Backend } from "../backend.ts";
import { ShapeError, ValueError } from "../errors.ts";
import type { MatmulOptions } from "../kernels.ts";
import { floatsOf } from "../reference/floats-of.ts";
import { type ByteTensor, dtypeOf, type FloatArray, isBytes, type Tensor } from "../tensor.ts";
import { asMatrix } from "./as-rows.ts";
import { isText, wrongShape } from "./describe.ts";
import { judgeOptions } from "./matmul-options.ts";
import { judgeFloats, judgeSameDtype, judgeView } from "./operands.ts";
import { allocate, isShape, judgeApart, judgeOutput } from "./outputs.ts";
import { areApart } from "./overlap.ts";
import { isPlainProduct } from "./plain-product.ts";
import { vectorProduct } from "./vector-product.ts";

export function matmul<T extends FloatArray>(
  backend: Backend,
  a: Tensor<T> | ByteTensor,
  b: Tensor<T>,
  out: Tensor<T> | undefined,
  options: MatmulOptions<T> | undefined,
): Tensor<T> {
  if (out !== undefined && backend.knownProducts?.repeat(a, b, out, options)) return out;
  const accumulate = options?.accumulate === true;
  const isPlain = out !== undefined && isPlainProduct(a, b, out);
  if (!isPlain) judgeOperands(a, b, out);
  const result = out ?? allocateProduct(a, b, accumulate);
  if (options !== undefined) judgeOptions(options, b, result);
  const areMatrices = isPlain || (a.shape.length === 2 && b.shape.length === 2);
  // Bytes as they are only where their zeros take no part.
  const left =
    isBytes(a) && !(areMatrices && options?.sparse) ? floatsOf(a, options?.byteScale ?? 1, dtypeOf(b)) : a;
  if (areMatrices) backend.matmul(left, b, result, accumulate, options);
  else if (!isBytes(left)) vectors(backend, left, b, result, options);
  if (isPlain && left === a && isApartFromBias(result, options)) {
    backend.knownProducts?.remember(a, b, result, options);
  }
  return result;
}

function isApartFromBias(out: Tensor, options: MatmulOptions | undefined): boolean {
  return options?.bias === undefined || areApart(out.data, options.bias.data);
}

/** @throws DtypeError, ShapeError or AliasError for operands that make no product. */
export function judgeOperands(a: Tensor | ByteTensor, b: Tensor, out: Tensor | undefined): void {
  judgeLeft(a);
  judgeFloats("matmul", "b", b);
  if (!isBytes(a)) judgeSameDtype("matmul", "a", a, "b", b);
  judgeInnerSizes(a, b);
  if (out === undefined) return;
  judgeProduct(a, b, out);
  judgeApart("matmul", "out", out, "a", a);
  judgeApart("matmul", "out", out, "b", b);
}

/** a holds floats, or unsigned bytes. */
function judgeLeft(a: Tensor | ByteTensor): void {
  if (a && isBytes(a)) judgeView("matmul", "a", a);
  else judgeFloats("matmul", "a", a as Tensor);
}

/** A product with a vector, then what is asked to follow it. */
function vectors(
  backend: Backend,
  a: Tensor,
  b: Tensor,
  out: Tensor,
  { accumulate = false, alpha = 1, bias, relu = false }: MatmulOptions = {},
): void {
  vectorProduct(alpha, a, b, out, accumulate);
  if (bias !== undefined) backend.addBias(asMatrix(out), bias, asMatrix(out));
  if (relu) backend.relu(out, out);
}

function judgeInnerSizes(a: Tensor | ByteTensor, b: Tensor): void {
  const rankA = a.shape.length;
  const rankB = b.shape.length;
  if (rankA < 1 || rankA > 2 || rankB < 1 || rankB > 2) {
    throw new ShapeError(
      `matmul: takes vectors and matrices (1-D and 2-D), but ${isText("a", a)}, ${isText("b", b)}.`,
    );
  }
  if (a.shape[rankA - 1] === b.shape[0]) return;
  throw new ShapeError(`matmul: inner sizes differ: ${isText("a", a)}, ${isText("b", b)}. ${guess(a, b)}`);
}

/** What the caller may have meant: the first change that makes the sizes fit. */
function guess(a: Tensor | ByteTensor, b: Tensor): string {
  const inner = a.shape.at(-1);
  if (b.shape.length === 2 && inner === b.shape[1]) return "Did you mean b.transpose(1, 0)?";
  if (a.shape.length === 2 && a.shape[0] === b.shape[0]) return "Did you mean a.transpose(1, 0)?";
  if (b.shape.at(-1) === a.shape[0]) return "Did you mean matmul(b, a)?";
  return "The last size of a must be the first size of b.";
}

/** The shape of a·b: a's rows, if it has rows, by b's columns, if it has columns. */
function productShape(a: Tensor | ByteTensor, b: Tensor): number[] {
  return [...a.shape.slice(0, -1), ...b.shape.slice(1)];
}

function allocateProduct<T extends FloatArray>(
  a: Tensor<T> | ByteTensor,
  b: Tensor<T>,
  accumulate: boolean,
): Tensor<T> {
  if (accumulate) {
    throw new ValueError(
      "matmul: accumulate adds the product to `out`, but no out was given. Give out, or leave accumulate out.",
    );
  }
  return allocate(b, productShape(a, b));
}

function judgeProduct(a: Tensor | ByteTensor, b: Tensor, out: Tensor): void {
  if (isBytes(a)) judgeOutput("matmul", "out", out, "b", b);
  else judgeOutput("matmul", "out", out, "a", a);
  // The common case costs no array.
  if (a.shape.length === 2 && b.shape.length === 2 && out.shape.length === 2) {
    if (out.shape[0] === a.shape[0] && out.shape[1] === b.shape[1]) return;
  }
  const wanted = productShape(a, b);
  if (!isShape(out, wanted)) {
    throw wrongShape("matmul", "out", out, wanted, `${isText("a", a)} and ${isText("b", b)}`);
  }
}
