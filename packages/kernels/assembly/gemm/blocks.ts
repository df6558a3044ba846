// The sizes of the packed GEMM, each with its reason, and the layout of the scratch memory they add up to.
import { SHUFFLES } from "./nonzeros";

/**
 * Rows of a register tile, of the 15 registers that V8 gives. Fused: 6·2 sums, 2 of b and 1 of a. Multiplying and
 * adding also needs registers for products, and the two units that add keep 4·2 sums busy (5 measured slower).
 */
export const MR: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
/** Rows of the lower tiles that finish a block. */
export const LOW: i32 = 4;
/** Vectors across a register tile: two, so that every element of a that is spread over a register is used twice. */
export const NV: i32 = 2;

/** Bytes of a SIMD register. */
export const VECTOR: i32 = 16;
/** Bytes of one row of a register tile and of one step of a packed panel of b: 8 float32 or 4 float64. */
export const PANEL: i32 = NV * VECTOR;

/**
 * Steps of k in one block: a panel of b is 400·32 B = 12.5 KiB, and with the panel of a beside it stays in a first-level
 * cache of 32 KiB. Every block reads and writes all of c: 256 steps were 6 % slower at 1024 × 784 × 1024.
 */
export const KC: i32 = 400;
/** Bytes of a packed block of a: a quarter of a second-level cache of 1 MiB, so that b streams past it. */
export const A_BLOCK: i32 = 256 * 1024;
/** Bytes of a packed block of b: wide enough (655 columns of float32) that a is not packed again for a few columns. */
export const B_BLOCK: i32 = 1024 * 1024;
/** Bytes of the tile that stands in for c where a tile hangs over the edge or the columns of c are not neighbours. */
export const TILE: i32 = 1024;

/**
 * Steps of k in one block of a sparse product: 224 steps of 13 vectors of b are 46 KiB, about a first-level cache. Fewer
 * than 256, so that the number of a step fits a byte, and a multiple of 16.
 */
export const SPARSE_KC: i32 = 224;
/** Bytes of the lists of a block of rows; they are read once for every panel. */
export const LISTS: i32 = 512 * 1024;
/** Bytes of a packed block of b: 23 panels and more (1196 columns of float32), so that a is not listed again for a few. */
export const PANELS: i32 = 1152 * 1024;
/** Bytes for a part of a product that is to be scaled before it is added: it stays in the second-level cache. */
export const PRODUCT: i32 = 64 * 1024;

/** Bytes in which the lists of bytes are made, for the parts that nonzero-bytes.ts names. */
export const BYTES_ROOM: i32 = 8320;

/** Where the parts of the scratch memory begin. Lists and panels stand where other products have their two blocks. */
export const PANELS_AT: i32 = LISTS;
export const SPARE: i32 = LISTS + PANELS;
export const TABLE: i32 = SPARE + TILE;
export const BYTES_AT: i32 = TABLE + SHUFFLES;
export const PRODUCT_AT: i32 = BYTES_AT + BYTES_ROOM;

/** Bytes of scratch memory that one call of gemm works in. */
export const GEMM_SCRATCH: i32 = PRODUCT_AT + PRODUCT;

/** The length of the pieces when `length` is cut into the fewest nearly equal pieces of at most `most`. */
export function evenCut(length: i32, most: i32): i32 {
  const pieces = (length + most - 1) / most;
  return (length + pieces - 1) / pieces;
}
