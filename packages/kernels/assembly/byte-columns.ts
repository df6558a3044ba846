// Columns of a matrix of bytes, such as pixels: how many rows have each, some of them as floats, and the others as bytes.
// A row has at least sixteen of them; rows have no gaps within, and any distance from one to the next.

/** A sum of so many ones still fits a byte. */
const MOST: i32 = 255;

/** counts[j] ← how many of the rows have no 0 in column j. */
export function count_columns(rows: i32, columns: i32, x: usize, xRow: i32, counts: usize): void {
  for (let j = 0; j < columns; j += 16) {
    // The last sixteen again, where there are less left: they are counted anew.
    const first = min(j, columns - 16);
    const at = counts + 4 * first;
    for (let i = 0; i < 4; i++) v128.store(at + 16 * i, i32x4.splat(0));
    let row = x + first;
    for (let i = 0; i < rows; i += MOST) {
      let ones = i8x16.splat(0);
      for (let left = min(MOST, rows - i); left > 0; left--) {
        ones = i8x16.sub(ones, i8x16.ne(v128.load(row), i8x16.splat(0)));
        row += xRow;
      }
      const low = i16x8.extend_low_i8x16_u(ones);
      const high = i16x8.extend_high_i8x16_u(ones);
      add(at, i32x4.extend_low_i16x8_u(low));
      add(at + 16, i32x4.extend_high_i16x8_u(low));
      add(at + 32, i32x4.extend_low_i16x8_u(high));
      add(at + 48, i32x4.extend_high_i16x8_u(high));
    }
  }
}

// @ts-ignore: decorator
@inline
function add(at: usize, counts: v128): void {
  v128.store(at, i32x4.add(v128.load(at), counts));
}

/** out[i, j] ← scale·x[i, numbers[j]], one after the other, for `picked` 32-bit numbers of columns. */
// @ts-ignore: decorator
@inline
function pick<T>(rows: i32, picked: i32, x: usize, xRow: i32, numbers: usize, out: usize, scale: T): void {
  const end = numbers + 4 * picked;
  for (let i = 0; i < rows; i++) {
    for (let number = numbers; number != end; number += 4) {
      store<T>(out, <T>(<i32>load<u8>(x + load<u32>(number))) * scale);
      out += sizeof<T>();
    }
    x += xRow;
  }
}

export function pick_columns_f32(
  rows: i32, picked: i32, x: usize, xRow: i32, numbers: usize, out: usize, scale: f32,
): void {
  pick<f32>(rows, picked, x, xRow, numbers, out, scale);
}

export function pick_columns_f64(
  rows: i32, picked: i32, x: usize, xRow: i32, numbers: usize, out: usize, scale: f64,
): void {
  pick<f64>(rows, picked, x, xRow, numbers, out, scale);
}

/** out ← x & mask in every row, one row of out after the other: a mask has 255 for what stays and 0 for what goes. */
export function mask_columns(rows: i32, columns: i32, x: usize, xRow: i32, mask: usize, out: usize): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j += 16) {
      const at = min(j, columns - 16);
      v128.store(out + at, v128.and(v128.load(x + at), v128.load(mask + at)));
    }
    x += xRow;
    out += columns;
  }
}
