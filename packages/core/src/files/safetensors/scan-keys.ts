// Reads what JSON.parse forgets: keys that come twice, and numbers that are not written as whole ones.
import { isWellFormed } from "../utf8.ts";
import { quoted, SafetensorsError } from "./error.ts";

/**
 * Walks the tokens of text that JSON.parse has already accepted, so that the grammar is certain.
 * @throws SafetensorsError DuplicateKey, or InvalidHeaderDeserialization for half a surrogate pair in a string and
 * for numbers such as -1, 1.0, 1e3: sizes and offsets are unsigned, and JSON.parse would make 1 of 1.0.
 */
export function scanKeys(text: string): void {
  // One entry for each open bracket: the keys seen so far for `{`, undefined for `[`.
  const open: (Set<string> | undefined)[] = [];
  let mayBeKey = false;
  for (let start = 0; start < text.length; ) {
    const first = text[start] ?? "";
    const end = tokenEnd(text, start, first);
    if (first === "{") open.push(new Set());
    else if (first === "[") open.push(undefined);
    else if (first === "}" || first === "]") open.pop();
    else if (first === '"') {
      const string = stringOf(text.slice(start, end));
      if (mayBeKey) addKey(open.at(-1), string);
    } else if (/[-\d]/.test(first)) requireWhole(text.slice(start, end));
    if (/\S/.test(first)) mayBeKey = first === "{" || (first === "," && open.at(-1) !== undefined);
    start = end;
  }
}

/** Where the string or number that starts here ends; anything else is taken one character at a time. */
function tokenEnd(text: string, start: number, first: string): number {
  let end = start + 1;
  if (first === '"') {
    // No regular expression: its stack does not hold a string of millions of characters.
    while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
    return end + 1;
  }
  if (/[-\d]/.test(first)) while (/[-+.\deE]/.test(text[end] ?? "")) end++;
  return end;
}

function stringOf(token: string): string {
  const string = JSON.parse(token) as string;
  if (isWellFormed(string)) return string;
  throw new SafetensorsError({
    rule: "InvalidHeaderDeserialization",
    where: "the header",
    found: `half a surrogate pair in ${quoted(token)}`,
    expected: "whole characters",
  });
}

function addKey(keys: Set<string> | undefined, key: string): void {
  if (keys?.has(key)) {
    throw new SafetensorsError({
      rule: "DuplicateKey",
      where: "the header",
      found: `the key ${quoted(key)} twice in one object`,
      expected: "each key once",
    });
  }
  keys?.add(key);
}

function requireWhole(token: string): void {
  if (/^\d+$/.test(token)) return;
  throw new SafetensorsError({
    rule: "InvalidHeaderDeserialization",
    where: "the header",
    found: `the number ${quoted(token)}`,
    expected: "a whole number of 0 or more, digits only",
  });
}
