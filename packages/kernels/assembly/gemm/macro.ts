// The macro-kernel: all register tiles of one block of c.
import { MR, PANEL, VECTOR } from "./blocks";
import { micro4x1, micro4x2 } from "./micro";
import { panelBytes } from "./pack";

/**
 * c (rows × columns) ← [c +] a·b for a block of a and a packed block of b; a is packed or read in place, which aRow,
 * aStep and aPanel (bytes from one panel of MR rows to the next) tell apart. `tile` stands in for c at the edges.
 */
export function macro<T>(
  rows: i32, columns: i32, steps: i32, a: usize, aRow: i32, aStep: i32, aPanel: i32, padded: bool, b: usize,
  c: usize, cRow: i32, cColumn: i32, fresh: bool, tile: usize,
): void {
  const width = PANEL / <i32>sizeof<T>();
  for (let j = 0; j < columns; j += width) {
    const liveColumns = min(width, columns - j);
    const bStep = panelBytes<T>(liveColumns);
    const inPlace = cColumn == <i32>sizeof<T>() && liveColumns * <i32>sizeof<T>() == bStep;
    let aAt = a;
    for (let i = 0; i < rows; i += MR) {
      const liveRows = min(MR, rows - i);
      const cAt = c + i * cRow + j * cColumn;
      const readable = padded ? MR : liveRows;
      if (inPlace && liveRows == MR) {
        micro<T>(steps, aAt, aRow, aStep, b, bStep, cAt, cRow, readable, fresh);
      } else {
        if (!fresh) copyTile<T>(tile, bStep, <i32>sizeof<T>(), cAt, cRow, cColumn, liveRows, liveColumns);
        micro<T>(steps, aAt, aRow, aStep, b, bStep, tile, bStep, readable, fresh);
        copyTile<T>(cAt, cRow, cColumn, tile, bStep, <i32>sizeof<T>(), liveRows, liveColumns);
      }
      aAt += aPanel;
    }
    b += steps * bStep;
  }
}

// @ts-ignore: decorator
@inline
function micro<T>(
  steps: i32, a: usize, aRow: i32, aStep: i32, b: usize, bStep: i32, c: usize, cRow: i32, rows: i32, fresh: bool,
): void {
  if (bStep == VECTOR) micro4x1<T>(steps, a, aRow, aStep, b, bStep, c, cRow, rows, fresh);
  else micro4x2<T>(steps, a, aRow, aStep, b, bStep, c, cRow, rows, fresh);
}

/** Copies the live part of a tile, element by element: between c and the tile that stands in for it. */
function copyTile<T>(
  to: usize, toRow: i32, toColumn: i32, from: usize, fromRow: i32, fromColumn: i32, rows: i32, columns: i32,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      store<T>(to + i * toRow + j * toColumn, load<T>(from + i * fromRow + j * fromColumn));
    }
  }
}
