// Packing: a block of an operand with any strides, rewritten in the order in which the micro-kernel reads it.
// Panels at the edge are filled up with zeros, so the micro-kernel never needs to know where the operand ends.
import { MR, PANEL, VECTOR } from "./blocks";

/**
 * a (rows × steps) → panels of MR rows; in a panel, step by step, one element of each row.
 * rowStride and stepStride in bytes.
 */
export function packA<T>(to: usize, a: usize, rowStride: i32, stepStride: i32, rows: i32, steps: i32): void {
  for (let i = 0; i < rows; i += MR) {
    const live = min(MR, rows - i);
    let from = a + i * rowStride;
    for (let p = 0; p < steps; p++) {
      for (let r = 0; r < MR; r++) {
        store<T>(to + r * sizeof<T>(), r < live ? load<T>(from + r * rowStride) : <T>0);
      }
      to += MR * sizeof<T>();
      from += stepStride;
    }
  }
}

/**
 * b (steps × columns) → panels of PANEL bytes; in a panel, step by step, neighbouring columns. What is left at the
 * end is a panel of one vector if that is enough for it. stepStride and columnStride in bytes.
 */
export function packB<T>(to: usize, b: usize, stepStride: i32, columnStride: i32, steps: i32, columns: i32): void {
  const width = PANEL / <i32>sizeof<T>();
  for (let j = 0; j < columns; j += width) {
    const live = min(width, columns - j);
    const bytes = panelBytes<T>(live);
    let from = b + j * columnStride;
    if (live == width && columnStride == <i32>sizeof<T>()) {
      for (let p = 0; p < steps; p++) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, VECTOR), VECTOR);
        to += PANEL;
        from += stepStride;
      }
    } else {
      const padded = bytes / <i32>sizeof<T>();
      for (let p = 0; p < steps; p++) {
        for (let s = 0; s < padded; s++) {
          store<T>(to + s * sizeof<T>(), s < live ? load<T>(from + s * columnStride) : <T>0);
        }
        to += bytes;
        from += stepStride;
      }
    }
  }
}

/** Bytes of one step of a panel with this many live columns. */
export function panelBytes<T>(live: i32): i32 {
  return live * <i32>sizeof<T>() <= VECTOR ? VECTOR : PANEL;
}
