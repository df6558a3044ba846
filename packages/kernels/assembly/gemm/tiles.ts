// Which micro-kernel computes a tile: by its height, its width, and how a lies.
import { LOW, MR, VECTOR } from "./blocks";
import { narrowTile, wideTile } from "./micro";

/**
 * The height of the tile that begins at row i: MR, or LOW for the last one or two if fewer rows are then computed
 * for nothing (with 6 and 4: 8 = 4 + 4, 10 = 6 + 4, 50 = 7·6 + 2·4).
 */
export function tileHeight(i: i32, rows: i32): i32 {
  const left = rows - i;
  return left <= LOW || (left > MR && left <= 2 * LOW) ? LOW : MR;
}

export function tile<T>(
  height: i32, steps: i32, a: usize, aRow: i32, aStep: i32, b: usize, bStep: i32,
  c: usize, cRow: i32, rows: i32, fresh: bool,
): void {
  const neighbours = aRow == <i32>sizeof<T>() && rows == height;
  if (bStep > VECTOR) {
    if (height == MR) {
      if (neighbours) wideTile<T>(MR, true, steps, a, aRow, aStep, b, bStep, c, cRow, MR, fresh);
      else wideTile<T>(MR, false, steps, a, aRow, aStep, b, bStep, c, cRow, rows, fresh);
    } else if (neighbours) {
      wideTile<T>(LOW, true, steps, a, aRow, aStep, b, bStep, c, cRow, LOW, fresh);
    } else {
      wideTile<T>(LOW, false, steps, a, aRow, aStep, b, bStep, c, cRow, rows, fresh);
    }
  } else if (height == MR) {
    if (neighbours) narrowTile<T>(MR, true, steps, a, aRow, aStep, b, bStep, c, cRow, MR, fresh);
    else narrowTile<T>(MR, false, steps, a, aRow, aStep, b, bStep, c, cRow, rows, fresh);
  } else if (neighbours) {
    narrowTile<T>(LOW, true, steps, a, aRow, aStep, b, bStep, c, cRow, LOW, fresh);
  } else {
    narrowTile<T>(LOW, false, steps, a, aRow, aStep, b, bStep, c, cRow, rows, fresh);
  }
}
