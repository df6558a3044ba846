// Class and row numbers as the kernels read them: 32 bits each, at any distance, somewhere in the arena.
import type { IntegerTensor } from "../tensor.ts";
import type { Workspace } from "./workspace.ts";

/** Numbers of 32 bits that already live in the arena are read where they are; both signs of them, since none is below 0. */
function isInPlace(work: Workspace, t: IntegerTensor): boolean {
  return t.data.BYTES_PER_ELEMENT === 4 && work.address(t) >= 0;
}

/** Address of the first of the numbers t (N): in place, or copied to `stage`; −1 if they do not fit there. */
export function numbersAddress(work: Workspace, t: IntegerTensor, stage: number): number {
  if (isInPlace(work, t)) return work.address(t);
  const [count] = t.shape;
  const [stride] = t.stride;
  if (count * 4 > work.stageBytes) return -1;
  const { integers } = work;
  const { data, offset } = t;
  for (let i = 0, to = stage / 4; i < count; i++) integers[to + i] = data[offset + i * stride];
  return stage;
}

/** Bytes from one number to the next at that address. */
export function numbersStep(work: Workspace, t: IntegerTensor): number {
  return isInPlace(work, t) ? t.stride[0] * 4 : 4;
}
