// Class and row numbers as the kernels read them: 32 bits each, at any distance, somewhere in the arena.
import type { IntegerTensor } from "../tensor.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Address of the first of the numbers t (N), or −1 if they do not fit into `stage`. Numbers of 32 bits that live in the
 * arena are read where they are; both signs of them, since none is below 0. Others are copied to `stage`.
 */
export function numbersAddress(work: Workspace, t: IntegerTensor, stage: number): number {
  const address = t.data.BYTES_PER_ELEMENT === 4 ? work.address(t) : -1;
  if (address >= 0) return address;
  const [count] = t.shape;
  const [stride] = t.stride;
  if (count * 4 > work.stageBytes) return -1;
  const { integers } = work;
  const { data, offset } = t;
  for (let i = 0, to = stage / 4; i < count; i++) integers[to + i] = data[offset + i * stride];
  return stage;
}

/** Bytes from one number to the next, where {@link numbersAddress} said that they are. */
export function numbersStep(t: IntegerTensor, address: number, stage: number): number {
  return address === stage ? 4 : t.stride[0] * 4;
}
