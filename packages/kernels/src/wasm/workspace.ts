// One instance of the kernels in one arena: its exports, its scratch memory, and addresses of arrays in it.
import type { Arena } from "../memory.ts";
import type { FloatArray, Tensor } from "../tensor.ts";
import { instantiate, type KernelExports } from "./module.ts";

/** Bytes of each of the three pieces through which arrays outside the arena go; three of 512 × 512 float32, halved. */
const STAGE_BYTES = 512 * 1024;
/** Bytes that packing takes at most, checked against the module itself. */
const PACK_BYTES = 641 * 1024;

/**
 * Bytes of its arena that one wasm backend keeps for its own scratch memory. A worker thread that works on a shared
 * memory needs a region of this size of its own.
 */
export const SCRATCH_BYTES: number = PACK_BYTES + 3 * STAGE_BYTES;

/** The kernels, their scratch memory, and their memory seen as floats. */
export interface Workspace {
  readonly arena: Arena;
  readonly exports: KernelExports;
  /** Address of the scratch memory that gemm packs into. */
  readonly scratch: number;
  /** Addresses of the three pieces for operands from outside. */
  readonly stages: readonly [number, number, number];
  readonly stageBytes: number;
  /** Address of a tensor's first element, or −1 if it lives outside the memory. */
  address(t: Tensor): number;
  /** The whole memory as the type of array that `data` is. */
  heapOf(data: FloatArray): FloatArray;
}

/** @throws OutOfMemoryError if the arena has not {@link SCRATCH_BYTES} left. */
export function openWorkspace(arena: Arena): Workspace {
  const exports = instantiate(arena.memory, arena.shared);
  const packing = exports.gemm_scratch();
  if (packing > PACK_BYTES)
    throw new RangeError(`gemm needs ${packing} bytes of scratch memory, not ${PACK_BYTES}.`);
  const scratch = arena.reserve(SCRATCH_BYTES).byteOffset;
  const first = scratch + PACK_BYTES;
  const buffer = arena.memory.buffer as ArrayBuffer;
  const singles = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  return {
    arena,
    exports,
    scratch,
    stages: [first, first + STAGE_BYTES, first + 2 * STAGE_BYTES],
    stageBytes: STAGE_BYTES,
    address(t) {
      const data = t.data;
      return data.buffer === buffer ? data.byteOffset + t.offset * data.BYTES_PER_ELEMENT : -1;
    },
    heapOf: (data) => (data instanceof Float32Array ? singles : doubles),
  };
}
