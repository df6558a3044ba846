// The exports of the products of matrices, one for each type. Addresses and strides in bytes, sizes in elements.
import { BYTES_AT, GEMM_SCRATCH, SPARE, TABLE } from "./gemm/blocks";
import { gemm } from "./gemm/gemm";
import { fillByteShuffles } from "./gemm/nonzero-bytes";
import { fillShuffles } from "./gemm/nonzeros";
import { scaled } from "./gemm/scaled";
import { sparse } from "./gemm/sparse";

export function gemm_scratch(): i32 {
  return GEMM_SCRATCH;
}

/** Bytes at its beginning that hold nothing between two products. */
export function gemm_blocks(): i32 {
  return SPARE;
}

/** Fills the part of the scratch memory that the products only read; once, before the first of them. */
export function prepare_scratch(scratch: usize): void {
  fillShuffles(scratch + TABLE);
  fillByteShuffles(scratch + BYTES_AT);
}

export function gemm_f32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize,
): void {
  gemm<f32>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, accumulate, bias, relu, scratch);
}

export function sparse_gemm_f32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize,
): void {
  sparse<f32, f32>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, accumulate, bias, relu, scratch, 1);
}

export function sparse_gemm_u8_f32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize, scale: f32,
): void {
  sparse<u8, f32>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, accumulate, bias, relu, scratch, scale);
}

export function scaled_gemm_f32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, alpha: f32, skip: bool, scratch: usize,
): void {
  if (skip) scaled<f32, f32>(true, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, alpha, scratch, 1);
  else scaled<f32, f32>(false, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, alpha, scratch, 1);
}

export function scaled_gemm_u8_f32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, alpha: f32, skip: bool, scratch: usize, scale: f32,
): void {
  scaled<u8, f32>(true, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, alpha, scratch, scale);
}

export function gemm_f64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize,
): void {
  gemm<f64>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, accumulate, bias, relu, scratch);
}

export function sparse_gemm_f64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize,
): void {
  sparse<f64, f64>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, accumulate, bias, relu, scratch, 1);
}

export function sparse_gemm_u8_f64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, bias: usize, relu: bool, scratch: usize, scale: f64,
): void {
  sparse<u8, f64>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, accumulate, bias, relu, scratch, scale);
}

export function scaled_gemm_f64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, alpha: f64, skip: bool, scratch: usize,
): void {
  if (skip) scaled<f64, f64>(true, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, alpha, scratch, 1);
  else scaled<f64, f64>(false, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, alpha, scratch, 1);
}

export function scaled_gemm_u8_f64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, alpha: f64, skip: bool, scratch: usize, scale: f64,
): void {
  scaled<u8, f64>(true, m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, alpha, scratch, scale);
}
