// The two operands of AddLayer and MulLayer: numbers, or tensors of one shape, never one of each.
import type { Tensor } from "@gradloom/kernels";
import { DtypeError } from "../errors.ts";
import { elementwise } from "../tensors/copies.ts";

/** f(a, b) of two numbers, or of each pair of elements. @throws DtypeError for one number and one tensor. */
export function apply(
  a: number | Tensor,
  b: number | Tensor,
  operation: string,
  f: (a: number, b: number) => number,
): number | Tensor {
  if (typeof a === "number" && typeof b === "number") return f(a, b);
  if (typeof a !== "number" && typeof b !== "number") return elementwise(a, b, operation, f);
  throw new DtypeError(
    `${operation}: one operand is a number and the other a tensor. Give two numbers, or two tensors of one shape.`,
  );
}
