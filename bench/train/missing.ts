// Tells who cannot take part here and what would change that.
import type { Contestant } from "./contestants.ts";

/** One line for each command that would bring contestants in, with the contestants it brings. */
export function missingLines(missing: readonly Pick<Contestant, "family" | "needs">[]): string[] {
  const families = new Map<string, Set<string>>();
  for (const { family, needs } of missing) {
    if (needs === undefined) continue;
    families.set(needs.install, (families.get(needs.install) ?? new Set()).add(family));
  }
  return [...families].map(([install, names]) => `not installed: ${[...names].join(", ")}\n  ${install}`);
}
