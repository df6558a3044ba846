// Which typed arrays live in a memory, remembered: an engine takes longer to say it than for all else of an address.

/** A cache line: arrays that an arena hands out begin at multiples of it. */
const LINE_BITS = 6;
const PLACES = 256;

/**
 * Knows a memory's typed arrays again. A typed array stays a view of the same buffer for as long as it lives, so what
 * was found once holds for ever, even where the memory grows: then it is a view of none of its bytes, and its length 0.
 * Few are remembered, two at each place, which their address decides; whoever is not there is asked.
 */
export class Residents {
  readonly #buffer: ArrayBufferLike;
  readonly #known: (ArrayBufferView | undefined)[] = new Array(2 * PLACES).fill(undefined);

  constructor(buffer: ArrayBufferLike) {
    this.#buffer = buffer;
  }

  /** Whether `data` is a view of this memory. */
  has(data: ArrayBufferView): boolean {
    const known = this.#known;
    const place = 2 * ((data.byteOffset >>> LINE_BITS) % PLACES);
    if (known[place] === data || known[place + 1] === data) return true;
    if (data.buffer !== this.#buffer) return false;
    known[place + 1] = known[place];
    known[place] = data;
    return true;
  }
}
