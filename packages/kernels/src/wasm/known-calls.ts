// Short calls that were judged before, such as those of a step of one row: of the same views, unchanged, they are computed
// at once. To judge operands and to find their addresses takes longer than the kernel. Products have short-products.ts.
// A call is remembered when it is asked for the second time.
import type { KnownCalls } from "../backend.ts";
import { type IntegerTensor, isSingle, type Tensor } from "../tensor.ts";
import { RecentCalls } from "./recent-calls.ts";
import { columnsOf, GAPS, rowBytes, rowsOf } from "./rows.ts";
import type { Workspace } from "./workspace.ts";

/** Where a kernel finds a tensor: its address, and the bytes from one row to the next. */
type Place = readonly [at: number, row: number];

export function knownCalls(work: Workspace): KnownCalls {
  const recent = {
    sumRows: new RecentCalls(),
    axpy: new RecentCalls(),
    reluBackward: new RecentCalls(),
    sigmoidBackward: new RecentCalls(),
    softmaxCrossEntropy: new RecentCalls(),
  };

  /** Undefined where a kernel cannot work in place. */
  const placeOf = (t: Tensor): Place | undefined => {
    const at = work.address(t);
    const row = rowBytes(t);
    return at < 0 || row === GAPS ? undefined : [at, row];
  };

  return {
    sumRows: (x, out) => recent.sumRows.repeat(0, x, out),
    rememberSumRows(x, out) {
      const [from, to] = [placeOf(x), placeOf(out)];
      if (from === undefined || to === undefined || !recent.sumRows.isAskedAgain(x, out)) return;
      const { sum_rows } = work.kernels(x.data);
      const [rows, columns] = x.shape;
      const [[fromAt, fromRow], [toAt]] = [from, to];
      const run = (): boolean => {
        sum_rows(rows, columns, fromAt, fromRow, toAt);
        return true;
      };
      recent.sumRows.add(run, x, out);
    },

    axpy: (alpha, x, y) => recent.axpy.repeat(alpha, x, y),
    rememberAxpy(x, y) {
      const [from, to] = [placeOf(x), placeOf(y)];
      if (from === undefined || to === undefined || !recent.axpy.isAskedAgain(x, y)) return;
      const { axpy } = work.kernels(y.data);
      const [rows, columns, single] = [rowsOf(y), columnsOf(y), isSingle(y.data)];
      const [[fromAt, fromRow], [toAt, toRow]] = [from, to];
      const run = (alpha: number): boolean => {
        if (!isFiniteNumber(alpha, single)) return false;
        axpy(rows, columns, alpha, fromAt, fromRow, toAt, toRow);
        return true;
      };
      recent.axpy.add(run, x, y);
    },

    elementwiseBackward: (op, y, dout, out) => recent[op].repeat(0, y, dout, out),
    rememberElementwiseBackward(op, y, dout, out) {
      const [of, from, to] = [placeOf(y), placeOf(dout), placeOf(out)];
      if (of === undefined || from === undefined || to === undefined) return;
      if (!recent[op].isAskedAgain(y, dout, out)) return;
      const { relu_backward, sigmoid_backward } = work.kernels(y.data);
      const kernel = op === "reluBackward" ? relu_backward : sigmoid_backward;
      const [rows, columns] = [rowsOf(y), columnsOf(y)];
      const [[ofAt, ofRow], [fromAt, fromRow], [toAt, toRow]] = [of, from, to];
      const run = (): boolean => {
        kernel(rows, columns, ofAt, ofRow, fromAt, fromRow, toAt, toRow);
        return true;
      };
      recent[op].add(run, y, dout, out);
    },

    softmaxCrossEntropy: (x, t, y, losses, dx, scale) =>
      recent.softmaxCrossEntropy.repeat(scale, x, t, y, losses, dx),
    rememberSoftmaxCrossEntropy(x, t, y, losses, dx) {
      if (x.shape.length !== 2) return;
      const areNumbers = t.shape.length === 1 && t.data.BYTES_PER_ELEMENT === 4;
      const tAt = areNumbers ? work.address(t) : -1;
      const [from, to, slope] = [placeOf(x), placeOf(y), dx === undefined ? NOWHERE : placeOf(dx)];
      const lossAt = work.address(losses);
      if (from === undefined || to === undefined || slope === undefined || tAt < 0 || lossAt < 0) return;
      if (!recent.softmaxCrossEntropy.isAskedAgain(x, t, y)) return;
      const { cross_entropy } = work.kernels(x.data);
      const [rows, columns, single] = [x.shape[0], x.shape[1], isSingle(x.data)];
      const lossStep = losses.stride[0] * losses.data.BYTES_PER_ELEMENT;
      const tRow = t.stride[0] * 4;
      const [[fromAt, fromRow], [toAt, toRow], [dxAt, dxRow]] = [from, to, slope];
      const numbers = t as IntegerTensor;
      const run = (scale: number): boolean => {
        if (!isFiniteNumber(scale, single) || !areClasses(numbers, columns)) return false;
        cross_entropy(
          rows,
          columns,
          fromAt,
          fromRow,
          false,
          tAt,
          tRow,
          toAt,
          toRow,
          lossAt,
          lossStep,
          scale,
          dxAt,
          dxRow,
        );
        return true;
      };
      recent.softmaxCrossEntropy.add(run, x, t, y, losses, dx);
    },
  };
}

/** The place of a gradient that nobody asks for. */
const NOWHERE: Place = [0, 0];

/** Whether the border would let a factor through: a finite number, also as a float32 where that is what it multiplies. */
function isFiniteNumber(value: number, single: boolean): boolean {
  return Number.isFinite(value) && (!single || Number.isFinite(Math.fround(value)));
}

/** Whether the border would let class numbers through. They may have changed since a call was judged. */
function areClasses({ data, shape, stride, offset }: IntegerTensor, classes: number): boolean {
  const rows = shape[0];
  const step = stride[0];
  for (let i = 0, at = offset; i < rows; i++, at += step) {
    if (data[at] < 0 || data[at] >= classes) return false;
  }
  return true;
}
