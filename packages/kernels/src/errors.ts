// The errors this package throws. Each message says what was given, what was expected and what to do.

/** Base of every error that @gradloom/kernels throws on purpose. */
export class KernelsError extends Error {
  override readonly name: string = "KernelsError";
}

/** Shapes that do not fit together, or not with the operation. */
export class ShapeError extends KernelsError {
  override readonly name = "ShapeError";
}

/** An element type the operation does not take, or two that differ. */
export class DtypeError extends KernelsError {
  override readonly name = "DtypeError";
}

/** A value that cannot be right, such as a label or a row number out of range. */
export class ValueError extends KernelsError {
  override readonly name = "ValueError";
}

/** An output that shares memory with an input in a way the operation cannot take. */
export class AliasError extends KernelsError {
  override readonly name = "AliasError";
}

/** An arena with no room left, or an array that the engine gives no memory for. */
export class OutOfMemoryError extends KernelsError {
  override readonly name = "OutOfMemoryError";
}

/** Something this engine cannot run, such as a backend without WebAssembly SIMD. */
export class UnsupportedError extends KernelsError {
  override readonly name = "UnsupportedError";
}
