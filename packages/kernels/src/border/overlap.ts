// Do two views share a byte? Exact for strided views, so that column blocks of one matrix count as apart.
//
// The bytes of a view are the sums  first + Σ stride·i  with 0 ≤ i < size on each axis, an element being one more axis
// of stride 1. Two views meet where such a sum of one equals a sum of the other. With strides made positive and one
// side counted from its end, that reads  Σ c·z = target  with 0 ≤ z ≤ bound: a small integer equation.
import { type AnyTensor, highest, isEmpty, lowest } from "./extent.ts";

/** Steps after which the search gives up and calls the views overlapping. Real layouts need fewer than ten. */
const SEARCH_LIMIT = 10_000;

/** True if some byte belongs to both views; false is certain, true is exact up to the search limit. */
export function overlaps(a: AnyTensor, b: AnyTensor): boolean {
  // The common case costs no look at shapes: arrays of their own are apart as a whole, wherever they are.
  if (areApart(a.data, b.data)) return false;
  if (!shareMemory(a.data, b.data) || isEmpty(a) || isEmpty(b)) return false;
  const aFirst = a.data.byteOffset + lowest(a) * a.data.BYTES_PER_ELEMENT;
  const aEnd = a.data.byteOffset + (highest(a) + 1) * a.data.BYTES_PER_ELEMENT;
  const bFirst = b.data.byteOffset + lowest(b) * b.data.BYTES_PER_ELEMENT;
  const bEnd = b.data.byteOffset + (highest(b) + 1) * b.data.BYTES_PER_ELEMENT;
  if (aEnd <= bFirst || bEnd <= aFirst) return false;
  return isSum(terms(a, b), aEnd - 1 - bFirst);
}

/** Whether no byte could be in both of two typed arrays, were they in one memory. */
export function areApart(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const aFirst = a.byteOffset;
  const bFirst = b.byteOffset;
  return aFirst + a.byteLength <= bFirst || bFirst + b.byteLength <= aFirst;
}

/**
 * Whether no byte of `out` could be in any of the others: one look at its array for all of them. False says nothing, as
 * arrays may be interleaved or in different memories.
 */
export function isClearOf(out: AnyTensor, a: AnyTensor, b: AnyTensor, c?: AnyTensor, d?: AnyTensor): boolean {
  const from = out.data.byteOffset;
  const to = from + out.data.byteLength;
  return (
    isOutside(a.data, from, to) &&
    isOutside(b.data, from, to) &&
    (c === undefined || isOutside(c.data, from, to)) &&
    (d === undefined || isOutside(d.data, from, to))
  );
}

/** Whether an array begins at or after the byte `to` or ends at or before the byte `from` of whatever memory it is in. */
function isOutside(array: ArrayBufferView, from: number, to: number): boolean {
  const first = array.byteOffset;
  return first >= to || first + array.byteLength <= from;
}

/** Whether two typed arrays are views of one memory. An engine takes as long to say of which one is as for ten numbers. */
function shareMemory(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return a === b || a.buffer === b.buffer;
}

/** True if both views put every index at the very same place: then an elementwise result may replace its input. */
export function isSameView(a: AnyTensor, b: AnyTensor): boolean {
  if (a === b) return true;
  if (a.data.BYTES_PER_ELEMENT !== b.data.BYTES_PER_ELEMENT) return false;
  const width = a.data.BYTES_PER_ELEMENT;
  if (a.data.byteOffset + a.offset * width !== b.data.byteOffset + b.offset * width) return false;
  for (let axis = 0; axis < a.shape.length; axis++) {
    if (a.shape[axis] !== b.shape[axis]) return false;
    if (a.shape[axis] > 1 && a.stride[axis] !== b.stride[axis]) return false;
  }
  return shareMemory(a.data, b.data);
}

/**
 * True if two indices of one view lie at the same place, as in a broadcast (stride 0): no output can be that.
 * Exact up to two axes; with more, a view whose axes do not nest counts as overlapping itself.
 */
export function overlapsItself(t: AnyTensor): boolean {
  const { shape, stride } = t;
  // The common case: rows one after the other.
  if (shape.length === 2 && stride[1] === 1 && stride[0] >= shape[1]) return false;
  if (shape.length > 2) return axesCollide(t);
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] > 1 && stride[axis] === 0) return !isEmpty(t);
  }
  if (shape.length < 2 || shape[0] < 2 || shape[1] < 2) return false;
  // Places repeat after the least common multiple of the strides: so many steps of either axis.
  const divisor = greatestCommonDivisor(Math.abs(stride[0]), Math.abs(stride[1]));
  return Math.abs(stride[1]) / divisor < shape[0] && Math.abs(stride[0]) / divisor < shape[1];
}

/** False if each axis steps over everything that the axes of smaller strides can reach. */
function axesCollide(t: AnyTensor): boolean {
  if (isEmpty(t)) return false;
  const axes = t.shape.map((size, axis) => ({ size, stride: Math.abs(t.stride[axis]) }));
  let reach = 0;
  for (const { size, stride } of axes.sort((p, q) => p.stride - q.stride)) {
    if (size === 1) continue;
    if (stride <= reach) return true;
    reach += stride * (size - 1);
  }
  return false;
}

interface Term {
  readonly coefficient: number;
  bound: number;
}

/** The terms of both views' byte sums, equal strides joined, largest first. */
function terms(a: AnyTensor, b: AnyTensor): Term[] {
  const found: Term[] = [];
  function add(coefficient: number, bound: number): void {
    if (coefficient === 0 || bound === 0) return;
    const known = found.find((term) => term.coefficient === coefficient);
    if (known) known.bound += bound;
    else found.push({ coefficient, bound });
  }
  for (const t of [a, b]) {
    const width = t.data.BYTES_PER_ELEMENT;
    for (let axis = 0; axis < t.shape.length; axis++)
      add(Math.abs(t.stride[axis]) * width, t.shape[axis] - 1);
    add(1, width - 1);
  }
  return found.sort((p, q) => q.coefficient - p.coefficient);
}

/** Whether Σ coefficient·z = target has a solution with 0 ≤ z ≤ bound: depth first, cut off by what the rest can reach. */
function isSum(found: readonly Term[], target: number): boolean {
  const reach = new Array<number>(found.length + 1).fill(0);
  for (let i = found.length - 1; i >= 0; i--) reach[i] = reach[i + 1] + found[i].coefficient * found[i].bound;
  let steps = 0;
  function search(i: number, rest: number): boolean {
    if (i === found.length) return rest === 0;
    const { coefficient, bound } = found[i];
    const least = Math.max(0, Math.ceil((rest - reach[i + 1]) / coefficient));
    for (let z = Math.min(bound, Math.floor(rest / coefficient)); z >= least; z--) {
      if (++steps > SEARCH_LIMIT || search(i + 1, rest - coefficient * z)) return true;
    }
    return false;
  }
  return search(0, target);
}

function greatestCommonDivisor(p: number, q: number): number {
  let [big, small] = [q, p];
  while (small !== 0) [big, small] = [small, big % small];
  return big;
}
