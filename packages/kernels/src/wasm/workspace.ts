// One instance of the kernels in one arena: its exports, its scratch memory, and addresses of arrays in it.
import type { Arena } from "../memory.ts";
import { type FloatArray, isSingle } from "../tensor.ts";
import {
  type ByteColumns,
  blockBytes,
  byteColumns,
  byteGather,
  type Gather,
  kernelsOfType,
  packingBytes,
  preparePacking,
  type TypedKernels,
} from "./exports.ts";
import { instantiate, type Variant } from "./module.ts";
import { Residents } from "./residents.ts";

/** Bytes of each of the three pieces through which arrays outside the arena go: 256 × 512 float32. */
const STAGE_BYTES = 512 * 1024;
/** Bytes that the products of matrices take at most, checked against the module itself. */
const PACK_BYTES = 1738 * 1024;

/**
 * Bytes of its arena that one wasm backend keeps for its own scratch memory. A worker thread that works on a shared
 * memory needs a region of this size of its own.
 */
export const SCRATCH_BYTES: number = PACK_BYTES + 3 * STAGE_BYTES;

/** The kernels, their scratch memory, and their memory seen as numbers. */
export interface Workspace {
  /** Address of the scratch memory that the products of matrices work in. */
  readonly packing: number;
  /** Bytes from there on that are free between two products. */
  readonly blockBytes: number;
  /** Addresses of the three pieces for operands from outside, one behind the other. */
  readonly stages: readonly [number, number, number];
  readonly stageBytes: number;
  /** The whole memory as class or row numbers, and as bytes. */
  readonly integers: Int32Array;
  readonly bytes: Uint8Array;
  /** Address of an array's first element, or −1 if it lives outside the memory. */
  address(t: Located): number;
  /** The kernels for the element type of `data`. */
  kernels(data: FloatArray): TypedKernels;
  /** Rows of bytes that stay bytes. */
  readonly gatherBytes: Gather;
  readonly byteColumns: ByteColumns;
  /** The whole memory as the type of array that `data` is. */
  heap(data: FloatArray): FloatArray;
}

/** What an address is made of: a tensor of floats or of whole numbers. */
interface Located {
  readonly data: ArrayBufferView & { readonly BYTES_PER_ELEMENT: number };
  readonly offset: number;
}

/** @throws OutOfMemoryError if the arena has not {@link SCRATCH_BYTES} left. */
export function openWorkspace(arena: Arena, variant: Variant = "strict"): Workspace {
  const exports = instantiate(arena.memory, arena.shared, variant);
  const needed = packingBytes(exports);
  if (needed > PACK_BYTES) throw new RangeError(`gemm packs into ${needed} bytes, more than ${PACK_BYTES}.`);
  const singleKernels = kernelsOfType(exports, "_f32");
  const doubleKernels = kernelsOfType(exports, "_f64");
  const packing = arena.reserve(SCRATCH_BYTES).byteOffset;
  preparePacking(exports, packing);
  const first = packing + PACK_BYTES;
  const buffer = arena.memory.buffer as ArrayBuffer;
  const singles = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  const residents = new Residents(buffer);
  return {
    packing,
    blockBytes: blockBytes(exports),
    stages: [first, first + STAGE_BYTES, first + 2 * STAGE_BYTES],
    stageBytes: STAGE_BYTES,
    integers: new Int32Array(buffer),
    bytes: new Uint8Array(buffer),
    address({ data, offset }) {
      return residents.has(data) ? data.byteOffset + offset * data.BYTES_PER_ELEMENT : -1;
    },
    gatherBytes: byteGather(exports),
    byteColumns: byteColumns(exports),
    kernels: (data) => (isSingle(data) ? singleKernels : doubleKernels),
    heap: (data) => (isSingle(data) ? singles : doubles),
  };
}
