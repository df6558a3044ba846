// What the module exports: addresses and strides in bytes, sizes in elements. Nothing here allocates or has data of
// its own, so any number of instances can work in one memory, each with its own scratch.
import { GEMM_SCRATCH } from "./gemm/blocks";
import { gemm } from "./gemm/gemm";
import { logSoftmaxRows, softmaxRows } from "./softmax";

export * from "./exp-constants";
export * from "./optimizer-steps";
export * from "./step";

export function gemm_scratch(): i32 {
  return GEMM_SCRATCH;
}

export function gemm_f32(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, scratch: usize,
): void {
  gemm<f32>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, accumulate, scratch);
}

export function gemm_f64(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aColumn: i32, b: usize, bRow: i32, bColumn: i32,
  c: usize, cRow: i32, cColumn: i32, accumulate: bool, scratch: usize,
): void {
  gemm<f64>(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cRow, cColumn, accumulate, scratch);
}

export function softmax_f32(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  softmaxRows<f32>(rows, columns, x, xRow, out, outRow);
}

export function softmax_f64(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  softmaxRows<f64>(rows, columns, x, xRow, out, outRow);
}

export function log_softmax_f32(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  logSoftmaxRows<f32>(rows, columns, x, xRow, out, outRow);
}

export function log_softmax_f64(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  logSoftmaxRows<f64>(rows, columns, x, xRow, out, outRow);
}
