// Packing: a block of an operand with any strides, rewritten in the order in which the micro-kernels read it.
//
// A panel holds a few lines (rows of a, or columns of b), step after step of k one element of each line. What a panel
// at the edge lacks is filled with its last line again: the micro-kernels may compute with it, nobody looks at it.
import { MR, PANEL, VECTOR } from "./blocks";
import { tileHeight } from "./tiles";

/** Steps of all panels that are copied together. 4, 8 and 16 measured alike. */
const FEW_STEPS: i32 = 8;

/** a (rows × steps) → panels as high as the tiles. Strides in bytes. */
export function packA<T>(to: usize, a: usize, rowStride: i32, stepStride: i32, rows: i32, steps: i32): void {
  const size = <i32>sizeof<T>();
  let i = 0;
  if (rowStride == size) {
    while (rows - i >= MR && tileHeight(i, rows) == MR) i += MR;
    copyPanels(to, a, stepStride, MR * size, i / MR, steps);
    to += i * size * steps;
    a += i * size;
  }
  while (i < rows) {
    const height = tileHeight(i, rows);
    packPanel<T>(to, a, rowStride, stepStride, min(height, rows - i), height, steps);
    to += height * steps * size;
    a += height * rowStride;
    i += height;
  }
}

/** b (steps × columns) → panels of PANEL bytes a step, the last one of half that if it is enough. Strides in bytes. */
export function packB<T>(to: usize, b: usize, stepStride: i32, columnStride: i32, steps: i32, columns: i32): void {
  const size = <i32>sizeof<T>();
  const most = PANEL / size;
  let j = 0;
  if (columnStride == size) {
    j = columns / most * most;
    copyPanels(to, b, stepStride, PANEL, columns / most, steps);
    to += j * size * steps;
    b += j * size;
  }
  for (; j < columns; j += most) {
    const live = min(most, columns - j);
    const width = panelBytes<T>(live) / size;
    packPanel<T>(to, b, columnStride, stepStride, live, width, steps);
    to += width * steps * size;
    b += most * columnStride;
  }
}

/** Bytes of one step of a panel of b with this many live columns. */
export function panelBytes<T>(live: i32): i32 {
  return live * <i32>sizeof<T>() <= VECTOR ? VECTOR : PANEL;
}

/** One panel of `width` lines, of which `live` exist. */
function packPanel<T>(
  to: usize, from: usize, lineStride: i32, stepStride: i32, live: i32, width: i32, steps: i32,
): void {
  const size = <i32>sizeof<T>();
  if (live == width && lineStride == size) {
    copySteps(to, from, stepStride, width * size, steps);
    return;
  }
  const whole = stepStride == size ? steps & -(VECTOR / size) : 0;
  for (let line = 0; line < width; line += 2) {
    const first = from + min(line, live - 1) * lineStride;
    const second = from + min(line + 1, live - 1) * lineStride;
    if (whole > 0) interleave<T>(to + line * size, first, second, width * size, whole);
    for (let p = whole; p < steps; p++) {
      const at = to + (p * width + line) * size;
      store<T>(at, load<T>(first + p * stepStride));
      store<T>(at, load<T>(second + p * stepStride), sizeof<T>());
    }
  }
}

/**
 * Panels of neighbouring lines, `bytes` a step each, a few steps of all panels at a time: a panel by itself would take
 * a part of each cache line, and where the stride is a power of two the cache has lost the line when the next panel
 * wants the rest of it (all its lines share one set), which took three times as long at 1024 columns of float64.
 */
// @ts-ignore: decorator
@inline
function copyPanels(to: usize, from: usize, stepStride: i32, bytes: i32, panels: i32, steps: i32): void {
  for (let p = 0; p < steps; p += FEW_STEPS) {
    const few = min(FEW_STEPS, steps - p);
    let source = from + p * stepStride;
    let target = to + p * bytes;
    for (let panel = 0; panel < panels; panel++) {
      copySteps(target, source, stepStride, bytes, few);
      source += bytes;
      target += bytes * steps;
    }
  }
}

/** Neighbouring lines: every step is one copy of `bytes`: 16 to 48, a multiple of 8, best a constant. */
// @ts-ignore: decorator
@inline
function copySteps(to: usize, from: usize, stepStride: i32, bytes: i32, steps: i32): void {
  for (let p = 0; p < steps; p++) {
    v128.store(to, v128.load(from));
    if (bytes >= 32) v128.store(to, v128.load(from, 16), 16);
    if (bytes >= 48) v128.store(to, v128.load(from, 32), 32);
    if (bytes & 8) store<u64>(to + bytes - 8, load<u64>(from + bytes - 8));
    to += bytes;
    from += stepStride;
  }
}

/** Two lines whose steps are neighbours, a register of each at a time; `steps` is a multiple of its lanes. */
// @ts-ignore: decorator
@inline
function interleave<T>(to: usize, first: usize, second: usize, stepBytes: i32, steps: i32): void {
  for (let p = 0; p < steps; p += VECTOR / <i32>sizeof<T>()) {
    const x = v128.load(first);
    const y = v128.load(second);
    if (sizeof<T>() == 4) {
      const low = v128.shuffle<f32>(x, y, 0, 4, 1, 5);
      const high = v128.shuffle<f32>(x, y, 2, 6, 3, 7);
      v128.store_lane<u64>(to, low, 0);
      v128.store_lane<u64>(to + stepBytes, low, 1);
      v128.store_lane<u64>(to + 2 * stepBytes, high, 0);
      v128.store_lane<u64>(to + 3 * stepBytes, high, 1);
      to += 4 * stepBytes;
    } else {
      v128.store(to, v128.shuffle<f64>(x, y, 0, 2));
      v128.store(to + stepBytes, v128.shuffle<f64>(x, y, 1, 3));
      to += 2 * stepBytes;
    }
    first += VECTOR;
    second += VECTOR;
  }
}
