// What the module exports: addresses and strides in bytes, sizes in elements. Nothing here allocates or has data of
// its own, so any number of instances can work in one memory, each with its own scratch.
import { logSoftmaxRows, softmaxRows } from "./softmax";

export * from "./byte-columns";
export * from "./exp-constants";
export * from "./optimizer-steps";
export * from "./products";
export * from "./step";

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
