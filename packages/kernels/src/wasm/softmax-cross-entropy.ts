// softmax with cross-entropy and its gradient in SIMD: in place in the arena, and the former elsewhere by blocks of rows.
// Each function returns true when it is done, or false with nothing done.
import type { GradientOutput } from "../backend.ts";
import type { IntegerTensor, Tensor } from "../tensor.ts";
import { GAPS, rowBytes } from "./rows.ts";
import { type Block, copyIn, copyOut } from "./staging.ts";
import { numbersAddress, numbersStep } from "./whole-numbers.ts";
import type { Workspace } from "./workspace.ts";

/** A distribution per row has two axes, class numbers have one. */
function isDistribution(t: Tensor | IntegerTensor): t is Tensor {
  return t.shape.length === 2;
}

/** Address of t, or −1 if a kernel cannot read it where it is; class numbers are then copied to the last stage. */
function targetAddress(work: Workspace, t: Tensor | IntegerTensor): number {
  if (!isDistribution(t)) return numbersAddress(work, t, work.stages[2]);
  return rowBytes(t) === GAPS ? -1 : work.address(t);
}

/** Bytes from one row's target to the next, from that address on. */
function targetStep(work: Workspace, t: Tensor | IntegerTensor, address: number): number {
  return isDistribution(t) ? rowBytes(t) : numbersStep(t, address, work.stages[2]);
}

/** x, y, dx (N,C), losses (N), t (N,C) or class numbers (N), which may live anywhere: all in place. */
export function crossEntropyInPlace(
  work: Workspace,
  x: Tensor,
  t: Tensor | IntegerTensor,
  y: Tensor,
  losses: Tensor,
  gradient?: GradientOutput,
): boolean {
  const xAt = work.address(x);
  const yAt = work.address(y);
  const lossAt = work.address(losses);
  const dxAt = gradient === undefined ? 0 : work.address(gradient.dx);
  if (xAt < 0 || yAt < 0 || lossAt < 0 || dxAt < 0) return false;
  const xRow = rowBytes(x);
  const yRow = rowBytes(y);
  const dxRow = gradient === undefined ? 0 : rowBytes(gradient.dx);
  if (xRow === GAPS || yRow === GAPS || dxRow === GAPS) return false;
  const tAt = targetAddress(work, t);
  if (tAt < 0) return false;
  const { cross_entropy } = work.kernels(x.data);
  const lossStep = losses.stride[0] * losses.data.BYTES_PER_ELEMENT;
  const rows = x.shape[0]; // by number: taking an array apart runs its iterator
  const columns = x.shape[1];
  const soft = isDistribution(t);
  const tRow = targetStep(work, t, tAt);
  const scale = gradient?.scale ?? 1;
  cross_entropy(rows, columns, xAt, xRow, soft, tAt, tRow, yAt, yRow, lossAt, lossStep, scale, dxAt, dxRow);
  return true;
}

/** The same for operands anywhere, with any strides, in blocks of rows; false if one row is more than a stage holds. */
export function crossEntropyStaged(
  work: Workspace,
  x: Tensor,
  t: Tensor | IntegerTensor,
  y: Tensor,
  losses: Tensor,
): boolean {
  const [rows, columns] = x.shape;
  const [xStage, yStage, tStage] = work.stages;
  const size = x.data.BYTES_PER_ELEMENT;
  const row = columns * size;
  const most = Math.floor(work.stageBytes / (row + size)); // the losses stand behind y
  const soft = isDistribution(t);
  const tAt = soft ? tStage : numbersAddress(work, t, tStage);
  if (most === 0 || tAt < 0) return false;
  const tRow = soft ? row : numbersStep(t, tAt, tStage);
  const heap = work.heap(x.data);
  const { cross_entropy } = work.kernels(x.data);
  for (let first = 0; first < rows; first += most) {
    const block: Block = { row: first, column: 0, rows: Math.min(most, rows - first), columns };
    const lossAt = yStage + block.rows * row;
    copyIn(x, block, heap, xStage / size);
    if (soft) copyIn(t, block, heap, tStage / size);
    const targets = soft ? tStage : tAt + first * tRow;
    cross_entropy(block.rows, columns, xStage, row, soft, targets, tRow, yStage, row, lossAt, size, 1, 0, 0);
    copyOut(y, block, heap, yStage / size);
    for (let i = 0; i < block.rows; i++) {
      losses.data[losses.offset + (first + i) * losses.stride[0]] = heap[lossAt / size + i];
    }
  }
  return true;
}

/** out ← (y − t)·scale in place; y, out (N,C), t as above. */
export function crossEntropyBackwardInPlace(
  work: Workspace,
  y: Tensor,
  t: Tensor | IntegerTensor,
  scale: number,
  out: Tensor,
): boolean {
  const yAt = work.address(y);
  const outAt = work.address(out);
  if (yAt < 0 || outAt < 0) return false;
  const yRow = rowBytes(y);
  const outRow = rowBytes(out);
  if (yRow === GAPS || outRow === GAPS) return false;
  const tAt = targetAddress(work, t);
  if (tAt < 0) return false;
  const { cross_entropy_backward } = work.kernels(y.data);
  const [rows, columns] = y.shape;
  const tRow = targetStep(work, t, tAt);
  cross_entropy_backward(rows, columns, yAt, yRow, isDistribution(t), tAt, tRow, scale, outAt, outRow);
  return true;
}
