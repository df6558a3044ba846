// The arena: one WebAssembly memory, made once and never grown, in which arrays that kernels work on in place are laid out.
import ndarray, { type NdArray } from "ndarray";
import { OutOfMemoryError, UnsupportedError, ValueError } from "./errors.ts";
import { engine, type LinearMemory } from "./wasm/engine.ts";

/** A part of a memory, in bytes. Plain numbers: it can be sent to a worker thread. */
export interface Region {
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** How much memory an arena gets, and of which kind. */
export interface ArenaOptions {
  /** Size of the whole memory; rounded up to WebAssembly's pages of 64 KiB. At most 4 GiB. */
  readonly byteLength: number;
  /** Whether worker threads can share it. Default false. */
  readonly shared?: boolean;
}

interface ArenaArrays {
  uint8: Uint8Array;
  int32: Int32Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** An element type that an arena can hold. */
export type ArenaDtype = keyof ArenaArrays;
/** The typed array class that stores it. */
export type ArenaArray<D extends ArenaDtype> = ArenaArrays[D];

const STORAGE = { uint8: Uint8Array, int32: Int32Array, float32: Float32Array, float64: Float64Array };

/** A cache line, and the widest SIMD register: neighbours never share one between threads. */
const ALIGNMENT = 64;
const PAGE = 65536;

/**
 * Memory for arrays, handed out from the front and never taken back: views of it stay valid for as long as it lives.
 * The engine commits pages as they are first written, so a generous size costs address space, not memory.
 */
export class Arena {
  readonly memory: LinearMemory;
  /** Whether the memory can be shared with worker threads. */
  readonly shared: boolean;
  readonly #buffer: ArrayBuffer | SharedArrayBuffer;
  readonly #end: number;
  #next: number;

  /**
   * A new arena on a new memory of its own.
   * @throws ValueError for a size that is not a positive whole number up to 4 GiB.
   * @throws OutOfMemoryError if the engine refuses that much address space.
   */
  static create(options: ArenaOptions): Arena {
    const { byteLength, shared = false } = options;
    if (!Number.isInteger(byteLength) || byteLength <= 0 || byteLength > 65536 * PAGE) {
      throw new ValueError(
        `An arena's byteLength is ${byteLength}; it must be a whole number from 1 to ${65536 * PAGE} (4 GiB).`,
      );
    }
    const pages = Math.ceil(byteLength / PAGE);
    const { Memory } = engine();
    if (shared && typeof SharedArrayBuffer === "undefined") {
      throw new UnsupportedError(
        "Shared memory is not available here. In a browser, serve the page with the headers " +
          "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, or use an unshared arena.",
      );
    }
    try {
      return new Arena(new Memory({ initial: pages, maximum: pages, shared }));
    } catch (cause) {
      throw new OutOfMemoryError(
        `The engine gives no memory of ${byteLength} bytes for an arena. Ask for less, or drop arenas no longer used.`,
        { cause },
      );
    }
  }

  /**
   * An arena on a memory that exists already, for example in a worker thread: it hands out `region` only, which must
   * be nobody else's. Without a region it hands out everything from the front on, as if nothing was there yet.
   * @throws ValueError for a region outside the memory.
   */
  constructor(memory: LinearMemory, region?: Region) {
    this.memory = memory;
    this.#buffer = memory.buffer;
    this.shared = typeof SharedArrayBuffer !== "undefined" && this.#buffer instanceof SharedArrayBuffer;
    const { byteOffset, byteLength } = region ?? { byteOffset: 0, byteLength: this.#buffer.byteLength };
    const end = byteOffset + byteLength;
    if (!(byteOffset >= 0 && byteLength >= 0 && end <= this.#buffer.byteLength)) {
      throw new ValueError(
        `The region of ${byteLength} bytes at ${byteOffset} does not lie inside the memory of ${this.#buffer.byteLength} bytes.`,
      );
    }
    // Address 0 stays free: it can then mean "nowhere".
    this.#next = align(Math.max(byteOffset, 1));
    this.#end = end;
  }

  /** Bytes that can still be handed out. */
  get remaining(): number {
    return Math.max(0, this.#end - this.#next);
  }

  /**
   * `byteLength` bytes at a multiple of 64, for example as a worker's own region.
   * @throws OutOfMemoryError naming what was asked, what is left, and the cure.
   */
  reserve(byteLength: number): Region {
    if (!Number.isInteger(byteLength) || byteLength < 0) {
      throw new ValueError(
        `Cannot reserve ${byteLength} bytes; the length must be a whole number, 0 or more.`,
      );
    }
    if (byteLength > this.remaining) {
      throw new OutOfMemoryError(
        `The arena was asked for ${byteLength} bytes and has ${this.remaining} of ${this.#buffer.byteLength} left. ` +
          "Create a larger one, Arena.create({ byteLength }), or use buffers again: an arena never takes memory back.",
      );
    }
    const byteOffset = this.#next;
    this.#next = align(byteOffset + byteLength);
    return { byteOffset, byteLength };
  }

  /**
   * A row-major array in this memory. A fresh memory holds zeros; one that was used before holds what was left there.
   * @throws OutOfMemoryError as {@link reserve}.
   */
  allocate<D extends ArenaDtype>(dtype: D, shape: readonly number[]): NdArray<ArenaArray<D>> {
    const Storage = STORAGE[dtype];
    let length = 1;
    for (const size of shape) length *= size;
    const { byteOffset } = this.reserve(length * Storage.BYTES_PER_ELEMENT);
    // The constructors are declared for one kind of buffer at a time.
    const data = new Storage(this.#buffer as ArrayBuffer, byteOffset, length) as ArenaArray<D>;
    return ndarray(data, [...shape]);
  }

  /** Whether a typed array is a view of this memory; also of a part that another thread's arena hands out. */
  contains(array: ArrayBufferView): boolean {
    return array.buffer === this.#buffer;
  }
}

function align(byteOffset: number): number {
  return Math.ceil(byteOffset / ALIGNMENT) * ALIGNMENT;
}
