// The exports of the operations that stand between the products of a training step, one for each type. Addresses and
// distances in bytes, sizes in elements; rows have no gaps between their elements.
import { allFinite } from "./all-finite";
import {
  ADD, map, MULTIPLY_ADD, RELU, RELU_BACKWARD, SIGMOID, SIGMOID_BACKWARD, zip,
} from "./elementwise";
import { gatherRows } from "./gather-rows";
import { crossEntropyBackwardRows, crossEntropyRows } from "./softmax-cross-entropy";
import { sumRows } from "./sum-rows";

export function relu_f32(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  map<f32>(RELU, rows, columns, x, xRow, out, outRow);
}

export function relu_f64(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  map<f64>(RELU, rows, columns, x, xRow, out, outRow);
}

export function sigmoid_f32(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  map<f32>(SIGMOID, rows, columns, x, xRow, out, outRow);
}

export function sigmoid_f64(rows: i32, columns: i32, x: usize, xRow: i32, out: usize, outRow: i32): void {
  map<f64>(SIGMOID, rows, columns, x, xRow, out, outRow);
}

export function relu_backward_f32(
  rows: i32, columns: i32, y: usize, yRow: i32, dout: usize, doutRow: i32, out: usize, outRow: i32,
): void {
  zip<f32>(RELU_BACKWARD, 0, rows, columns, y, yRow, dout, doutRow, out, outRow);
}

export function relu_backward_f64(
  rows: i32, columns: i32, y: usize, yRow: i32, dout: usize, doutRow: i32, out: usize, outRow: i32,
): void {
  zip<f64>(RELU_BACKWARD, 0, rows, columns, y, yRow, dout, doutRow, out, outRow);
}

export function sigmoid_backward_f32(
  rows: i32, columns: i32, y: usize, yRow: i32, dout: usize, doutRow: i32, out: usize, outRow: i32,
): void {
  zip<f32>(SIGMOID_BACKWARD, 0, rows, columns, y, yRow, dout, doutRow, out, outRow);
}

export function sigmoid_backward_f64(
  rows: i32, columns: i32, y: usize, yRow: i32, dout: usize, doutRow: i32, out: usize, outRow: i32,
): void {
  zip<f64>(SIGMOID_BACKWARD, 0, rows, columns, y, yRow, dout, doutRow, out, outRow);
}

export function add_bias_f32(
  rows: i32, columns: i32, x: usize, xRow: i32, b: usize, out: usize, outRow: i32,
): void {
  zip<f32>(ADD, 0, rows, columns, x, xRow, b, 0, out, outRow);
}

export function add_bias_f64(
  rows: i32, columns: i32, x: usize, xRow: i32, b: usize, out: usize, outRow: i32,
): void {
  zip<f64>(ADD, 0, rows, columns, x, xRow, b, 0, out, outRow);
}

export function axpy_f32(rows: i32, columns: i32, alpha: f32, x: usize, xRow: i32, y: usize, yRow: i32): void {
  zip<f32>(MULTIPLY_ADD, alpha, rows, columns, x, xRow, y, yRow, y, yRow);
}

export function axpy_f64(rows: i32, columns: i32, alpha: f64, x: usize, xRow: i32, y: usize, yRow: i32): void {
  zip<f64>(MULTIPLY_ADD, alpha, rows, columns, x, xRow, y, yRow, y, yRow);
}

export function sum_rows_f32(rows: i32, columns: i32, x: usize, xRow: i32, out: usize): void {
  sumRows<f32>(rows, columns, x, xRow, out);
}

export function sum_rows_f64(rows: i32, columns: i32, x: usize, xRow: i32, out: usize): void {
  sumRows<f64>(rows, columns, x, xRow, out);
}

export function all_finite_f32(rows: i32, columns: i32, x: usize, xRow: i32): bool {
  return allFinite<f32>(rows, columns, x, xRow);
}

export function all_finite_f64(rows: i32, columns: i32, x: usize, xRow: i32): bool {
  return allFinite<f64>(rows, columns, x, xRow);
}

export function gather_rows_f32(
  count: i32, columns: i32, source: usize, sourceRow: i32, rows: usize, rowsStep: i32, out: usize, outRow: i32,
  scale: f32,
): u32 {
  return gatherRows<f32, f32>(count, columns, source, sourceRow, rows, rowsStep, out, outRow, scale);
}

export function gather_rows_f64(
  count: i32, columns: i32, source: usize, sourceRow: i32, rows: usize, rowsStep: i32, out: usize, outRow: i32,
  scale: f64,
): u32 {
  return gatherRows<f64, f64>(count, columns, source, sourceRow, rows, rowsStep, out, outRow, scale);
}

export function gather_bytes(
  count: i32, columns: i32, source: usize, sourceRow: i32, rows: usize, rowsStep: i32, out: usize, outRow: i32,
): u32 {
  return gatherRows<u8, u8>(count, columns, source, sourceRow, rows, rowsStep, out, outRow, 1);
}

export function gather_rows_u8_f32(
  count: i32, columns: i32, source: usize, sourceRow: i32, rows: usize, rowsStep: i32, out: usize, outRow: i32,
  scale: f32,
): u32 {
  return gatherRows<u8, f32>(count, columns, source, sourceRow, rows, rowsStep, out, outRow, scale);
}

export function gather_rows_u8_f64(
  count: i32, columns: i32, source: usize, sourceRow: i32, rows: usize, rowsStep: i32, out: usize, outRow: i32,
  scale: f64,
): u32 {
  return gatherRows<u8, f64>(count, columns, source, sourceRow, rows, rowsStep, out, outRow, scale);
}

export function cross_entropy_f32(
  rows: i32, columns: i32, x: usize, xRow: i32, soft: bool, t: usize, tRow: i32, y: usize, yRow: i32,
  losses: usize, lossStep: i32, scale: f32, dx: usize, dxRow: i32,
): void {
  crossEntropyRows<f32>(rows, columns, x, xRow, soft, t, tRow, y, yRow, losses, lossStep, scale, dx, dxRow);
}

export function cross_entropy_f64(
  rows: i32, columns: i32, x: usize, xRow: i32, soft: bool, t: usize, tRow: i32, y: usize, yRow: i32,
  losses: usize, lossStep: i32, scale: f64, dx: usize, dxRow: i32,
): void {
  crossEntropyRows<f64>(rows, columns, x, xRow, soft, t, tRow, y, yRow, losses, lossStep, scale, dx, dxRow);
}

export function cross_entropy_backward_f32(
  rows: i32, columns: i32, y: usize, yRow: i32, soft: bool, t: usize, tRow: i32, scale: f32, out: usize, outRow: i32,
): void {
  crossEntropyBackwardRows<f32>(rows, columns, y, yRow, soft, t, tRow, scale, out, outRow);
}

export function cross_entropy_backward_f64(
  rows: i32, columns: i32, y: usize, yRow: i32, soft: bool, t: usize, tRow: i32, scale: f64, out: usize, outRow: i32,
): void {
  crossEntropyBackwardRows<f64>(rows, columns, y, yRow, soft, t, tRow, scale, out, outRow);
}
