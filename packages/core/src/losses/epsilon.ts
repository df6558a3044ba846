// eps: the number that the book adds inside the log.
import { ValueError } from "../errors.ts";

/** eps itself, 0 if left out. @throws ValueError unless it is a finite number ≥ 0. */
export function requireEpsilon(eps = 0): number {
  if (Number.isFinite(eps) && eps >= 0) return eps;
  throw new ValueError(
    `eps is ${eps}; 0 (exact) or a small positive number such as 1e-7 (the book's) is needed`,
  );
}
