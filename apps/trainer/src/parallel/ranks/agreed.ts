// Ends of a run that all ranks come to at the same step: known by the error that each of them throws.

const agreed = new WeakSet<Error>();

/** Every rank throws its like at this place: nobody has to be told, and nobody waits for this one. */
export function asAgreed<E extends Error>(error: E): E {
  agreed.add(error);
  return error;
}

export function isAgreed(error: unknown): boolean {
  return error instanceof Error && agreed.has(error);
}
