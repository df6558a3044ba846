// The macro-kernel: all register tiles of one block of c.
import { PANEL } from "./blocks";
import { panelBytes } from "./pack";
import { tile, tileHeight } from "./tiles";

/**
 * c (rows × columns) ← [c +] a·b for a block of a and a packed block of b. a is packed in panels as high as the tiles
 * (then aRow and aStep do not matter) or read in place. `spare` stands in for c at the edges.
 */
export function macro<T>(
  rows: i32, columns: i32, steps: i32, a: usize, packed: bool, aRow: i32, aStep: i32, b: usize,
  c: usize, cRow: i32, cColumn: i32, fresh: bool, spare: usize,
): void {
  const size = <i32>sizeof<T>();
  const width = PANEL / size;
  for (let j = 0; j < columns; j += width) {
    const liveColumns = min(width, columns - j);
    const bStep = panelBytes<T>(liveColumns);
    const inPlace = cColumn == size && liveColumns * size == bStep;
    let aAt = a;
    let i = 0;
    while (i < rows) {
      const height = tileHeight(i, rows);
      const liveRows = min(height, rows - i);
      const cAt = c + i * cRow + j * cColumn;
      const readable = packed ? height : liveRows;
      const row = packed ? size : aRow;
      const step = packed ? height * size : aStep;
      if (inPlace && liveRows == height) {
        tile<T>(height, steps, aAt, row, step, b, bStep, cAt, cRow, readable, fresh);
      } else {
        if (!fresh) copyTile<T>(spare, bStep, size, cAt, cRow, cColumn, liveRows, liveColumns);
        tile<T>(height, steps, aAt, row, step, b, bStep, spare, bStep, readable, fresh);
        copyTile<T>(cAt, cRow, cColumn, spare, bStep, size, liveRows, liveColumns);
      }
      aAt += packed ? height * size * steps : height * aRow;
      i += height;
    }
    b += steps * bStep;
  }
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
