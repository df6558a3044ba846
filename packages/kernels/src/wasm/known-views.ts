// Operands of a call that was judged, and where they lie: whether one is unchanged is told in a few comparisons.
import type { ByteTensor, IntegerTensor, Tensor } from "../tensor.ts";

/** A matrix without negative strides in the arena. Only its offset may change: a view that is moved along its array. */
export class KnownMatrix {
  readonly view: Tensor | ByteTensor;
  readonly rows: number;
  readonly columns: number;
  /** In bytes. */
  readonly rowStride: number;
  readonly columnStride: number;
  readonly #data: Tensor["data"] | ByteTensor["data"];
  readonly #length: number;
  readonly #offset: number;
  readonly #address: number;

  constructor(view: Tensor | ByteTensor, address: number) {
    const { data, shape, stride, offset } = view;
    const size = data.BYTES_PER_ELEMENT;
    this.view = view;
    this.rows = shape[0];
    this.columns = shape[1];
    this.rowStride = stride[0] * size;
    this.columnStride = stride[1] * size;
    this.#data = data;
    this.#length = data.length;
    this.#offset = offset;
    this.#address = address;
  }

  /** Where its first element is now, or −1 if it is another matrix by now, or was moved out of its array. */
  address(): number {
    const { data, shape, stride, offset } = this.view;
    const size = data.BYTES_PER_ELEMENT;
    if (data !== this.#data || data.length !== this.#length || shape.length !== 2) return -1;
    if (shape[0] !== this.rows || shape[1] !== this.columns) return -1;
    if (stride[0] * size !== this.rowStride || stride[1] * size !== this.columnStride) return -1;
    if (offset === this.#offset) return this.#address;
    const last = offset + (this.rows - 1) * stride[0] + (this.columns - 1) * stride[1];
    if (!(Number.isInteger(offset) && offset >= 0 && last < this.#length)) return -1;
    return this.#address + (offset - this.#offset) * size;
  }
}

/** An operand of any shape, which is not moved. */
export class KnownView {
  readonly view: Tensor | IntegerTensor;
  readonly #data: Tensor["data"] | IntegerTensor["data"];
  readonly #length: number;
  readonly #offset: number;
  readonly #axes: number;
  readonly #shape: readonly number[];
  readonly #stride: readonly number[];

  constructor(view: Tensor | IntegerTensor) {
    this.view = view;
    this.#data = view.data;
    this.#length = view.data.length;
    this.#offset = view.offset;
    this.#axes = view.shape.length;
    this.#shape = [...view.shape];
    this.#stride = [...view.stride];
  }

  isUnchanged(): boolean {
    const { data, shape, stride, offset } = this.view;
    if (data !== this.#data || data.length !== this.#length || offset !== this.#offset) return false;
    const axes = this.#axes;
    if (shape.length !== axes) return false;
    for (let axis = 0; axis < axes; axis++) {
      if (shape[axis] !== this.#shape[axis] || stride[axis] !== this.#stride[axis]) return false;
    }
    return true;
  }
}

/** A vector without gaps in the arena, which is not moved. */
export class KnownVector {
  readonly view: Tensor;
  readonly #data: Tensor["data"];
  readonly #dataLength: number;
  readonly #length: number;
  readonly #offset: number;
  readonly #address: number;

  constructor(view: Tensor, address: number) {
    this.view = view;
    this.#data = view.data;
    this.#dataLength = view.data.length;
    this.#length = view.shape[0];
    this.#offset = view.offset;
    this.#address = address;
  }

  /** Where its first element is, or −1 if it is another vector by now. */
  address(): number {
    const { data, shape, stride, offset } = this.view;
    if (data !== this.#data || data.length !== this.#dataLength || offset !== this.#offset) return -1;
    return shape.length === 1 && shape[0] === this.#length && stride[0] === 1 ? this.#address : -1;
  }
}
