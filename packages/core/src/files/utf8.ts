// UTF-8 to text and back, through the two classes that Node and every browser have.

/** What this package uses of the engine's own classes; their types come with no ECMAScript library. */
interface Engine {
  readonly TextDecoder: new (
    label: "utf-8",
    options: { fatal: boolean; ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string };
  readonly TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
}

const engine = globalThis as unknown as Engine;

/** The text of well-formed UTF-8; a byte order mark stays in it. @throws TypeError for any other bytes. */
export function decodeUtf8(bytes: Uint8Array): string {
  // A copy: browsers decode no view on shared memory.
  return new engine.TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
}

export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new engine.TextEncoder().encode(text);
}

/** False for half of a surrogate pair, which UTF-8 cannot hold. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
