// The known word that a mistyped one was probably meant to be.

/** `undefined` when no word is near enough to be a guess and not a bet. Case and dashes do not count. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const typed = plain(word);
  let best: string | undefined;
  // A third of the letters may be wrong, and in a very long word nothing is meant.
  let distance = word.length > 64 ? 0 : Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const candidate of known) {
    const steps = editDistance(typed, plain(candidate));
    if (steps >= distance) continue;
    distance = steps;
    best = candidate;
  }
  return best;
}

/** Letters inserted, removed or exchanged to get from one word to the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
