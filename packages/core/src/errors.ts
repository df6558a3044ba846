// The errors of this package: those of @gradloom/kernels for shapes, types and values, and one of its own for order.
export { DtypeError, ShapeError, ValueError } from "@gradloom/kernels";

/** A method was called before the one it depends on, such as `backward` before `forward`. */
export class CallOrderError extends Error {
  override readonly name = "CallOrderError";
}
