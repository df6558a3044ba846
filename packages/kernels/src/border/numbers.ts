// Judges single numbers: scales and factors, and whole numbers that point into an axis.
import { ValueError } from "../errors.ts";
import { type IntegerTensor, isSingle, type Tensor } from "../tensor.ts";
import { kindText } from "./describe.ts";

/** @throws ValueError unless `value` is a finite number, also in the dtype of `t`. */
export function judgeFinite(op: string, name: string, value: number, t: Tensor): void {
  if (Number.isFinite(isSingle(t.data) ? Math.fround(value) : value)) {
    if (typeof value === "number") return;
  }
  const what = typeof value === "number" ? String(value) : kindText(value);
  throw new ValueError(`${op}: ${name} must be a finite ${t.dtype} number, but it is ${what}.`);
}

/** @throws ValueError unless `value` is a finite number above 0, also in the dtype of `t`. */
export function judgePositive(op: string, name: string, value: number, t: Tensor): void {
  judgeFinite(op, name, value, t);
  if ((isSingle(t.data) ? Math.fround(value) : value) > 0) return;
  throw new ValueError(`${op}: ${name} must be above 0 in ${t.dtype}, but it is ${value}: it divides.`);
}

/** @throws ValueError naming the first entry of the vector `t` outside 0 … count−1, and its value. */
export function judgeInRange(op: string, name: string, t: IntegerTensor, count: number, of: string): void {
  const data = t.data;
  const stride = t.stride[0];
  const length = t.shape[0];
  for (let i = 0, position = t.offset; i < length; i++, position += stride) {
    if (data[position] < 0 || data[position] >= count) {
      const range = count > 0 ? `allowed are 0 … ${count - 1}` : "so none is allowed";
      throw new ValueError(`${op}: ${name}[${i}] is ${data[position]}, but ${of} ${count}: ${range}.`);
    }
  }
}
