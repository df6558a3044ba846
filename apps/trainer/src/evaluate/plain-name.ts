// Names that came from data, as a terminal may show them.

const LONGEST = 20;

/** Without characters that move the cursor or end a line, and cut to a length that fits a table. */
export function plainName(name: string): string {
  const plain = name.replace(/\p{C}/gu, "?");
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST - 1)}…`;
}
