// The words by which one thread tells another whether it is inside a collective, and how many have come to an end.
import type { Bytes, Pending, World } from "@gradloom/collective";

const Word = { INSIDE: 0, FINISHED: 1, PATIENCE_MS: 2 } as const;

export class Heartbeat {
  readonly words: Int32Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)) {
    this.words = new Int32Array(buffer);
  }

  get finished(): number {
    return Atomics.load(this.words, Word.FINISHED);
  }

  get isInside(): boolean {
    return Atomics.load(this.words, Word.INSIDE) !== 0;
  }

  /** How long a collective may take. */
  get patienceMs(): number {
    return Atomics.load(this.words, Word.PATIENCE_MS);
  }

  set patienceMs(milliseconds: number) {
    Atomics.store(this.words, Word.PATIENCE_MS, Math.min(Math.ceil(milliseconds), 2 ** 31 - 1));
  }

  /** Sleeps, but no longer than so many milliseconds. */
  sleep(milliseconds: number): void {
    // Nothing ever wakes it: these words are written by those who must not wait.
    Atomics.wait(this.words, Word.PATIENCE_MS, this.patienceMs, milliseconds);
  }

  #around<T>(collective: () => T): T {
    Atomics.store(this.words, Word.INSIDE, 1);
    try {
      return collective();
    } finally {
      Atomics.add(this.words, Word.FINISHED, 1);
      Atomics.store(this.words, Word.INSIDE, 0);
    }
  }

  /** What was begun holds nobody up until somebody waits for it: only then is it seen here. */
  #ending(pending: Pending): Pending {
    return { test: () => pending.test(), wait: () => this.#around(() => pending.wait()) };
  }

  /** The same world; every call that may wait for other ranks is seen here. */
  watch(world: World): World {
    return {
      address: world.address,
      rank: world.rank,
      size: world.size,
      library: world.library,
      barrier: () => this.#around(() => world.barrier()),
      allgather: (sent: Bytes, received: Bytes) => this.#around(() => world.allgather(sent, received)),
      allgatherParts: (shared: Bytes, counts: readonly number[], starts: readonly number[]) =>
        this.#around(() => world.allgatherParts(shared, counts, starts)),
      alltoall: (sent: Bytes, received: Bytes) => this.#around(() => world.alltoall(sent, received)),
      startAllgather: (sent: Bytes, received: Bytes) => this.#ending(world.startAllgather(sent, received)),
      startAlltoall: (sent: Bytes, received: Bytes) => this.#ending(world.startAlltoall(sent, received)),
      bcast: (shared: Bytes, root: number) => this.#around(() => world.bcast(shared, root)),
      abort: (code: number) => world.abort(code),
      finalize: () => this.#around(() => world.finalize()),
    };
  }
}
