// SafetensorsError: which rule of the format a file breaks, where, and what was found instead.

/** The rules, by the names of the reference implementation; the last four are broken by what is to be written. */
export type SafetensorsRule =
  | "HeaderTooSmall"
  | "HeaderTooLarge"
  | "InvalidHeaderLength"
  | "InvalidHeader"
  | "InvalidHeaderStart"
  | "InvalidHeaderDeserialization"
  | "DuplicateKey"
  | "InvalidOffset"
  | "ValidationOverflow"
  | "MisalignedSlice"
  | "TensorInvalidInfo"
  | "MetadataIncompleteBuffer"
  | "InvalidTensorView"
  | "InvalidName"
  | "InvalidMetadata"
  | "DuplicateName";

/** What a SafetensorsError is made from; its message puts these into one sentence. */
export interface SafetensorsErrorDetails {
  readonly rule: SafetensorsRule;
  /** The place: `tensor "W1"`, `the header`, `bytes 0 to 8`. */
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  readonly cause?: unknown;
}

/** A file that breaks the format, or tensors that cannot be written in it. Nothing of such a file is returned. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
  /** The rule that is broken. */
  readonly rule: SafetensorsRule;
  /** The place: `tensor "W1"`, `the header`, `bytes 0 to 8`. */
  readonly where: string;
  /** What is there. */
  readonly found: string;
  /** What the rule asks for. */
  readonly expected: string;

  constructor({ rule, where, found, expected, cause }: SafetensorsErrorDetails) {
    super(
      `safetensors, ${where}: found ${found}, expected ${expected} (${rule})`,
      cause === undefined ? {} : { cause },
    );
    this.rule = rule;
    this.where = where;
    this.found = found;
    this.expected = expected;
  }
}

/** A value from a file, quoted and cut to a length that fits a message, however large or deep the value is. */
export function quoted(value: unknown): string {
  if (Array.isArray(value)) {
    const first = value.slice(0, 8).map(quotedItem);
    return `[${first.join(",")}${value.length > first.length ? ",…" : ""}]`;
  }
  return quotedItem(value);
}

function quotedItem(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = typeof value === "string" ? JSON.stringify(value.slice(0, 80)) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
