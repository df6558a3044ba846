// The order in which a row is summed, the same in plain loops and in SIMD: four partial sums, then pairs.
//
//   lane 0: x0 + x4 + x8 + …      lane 1: x1 + x5 + …      lane 2: x2 + x6 + …      lane 3: x3 + x7 + …
//   sum = (lane 0 + lane 2) + (lane 1 + lane 3)
//
// Four, because that is one f32x4 register (or two of f64x2). A row's last elements go where the whole groups before
// them would put them. The lanes are stored in the row's own dtype, so every addition is rounded to it.
import type { FloatArray } from "../tensor.ts";

/** Four partial sums at zero, in the dtype of `like`. */
export function newLanes(like: FloatArray): FloatArray {
  return like instanceof Float32Array ? new Float32Array(4) : new Float64Array(4);
}

/** Adds `value`, the element number `j` of its row. */
export function addToLane(lanes: FloatArray, j: number, value: number): void {
  const lane = j & 3;
  lanes[lane] = (lanes[lane] ?? 0) + value;
}

/** The sum of the row; the lanes are zero again afterwards. */
export function takeSum(lanes: FloatArray): number {
  const [a = 0, b = 0, c = 0, d = 0] = lanes;
  lanes[0] = a + c;
  lanes[1] = b + d;
  lanes[0] = (lanes[0] ?? 0) + (lanes[1] ?? 0);
  const sum = lanes[0] ?? 0;
  lanes.fill(0);
  return sum;
}
