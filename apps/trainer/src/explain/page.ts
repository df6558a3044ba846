// A page of explanation: lines for people, and the same numbers as data for programs.

/** What `gradloom explain` shows. */
export interface Page {
  /** At most 80 characters each. */
  readonly lines: readonly string[];
  /** What `--json` writes. */
  readonly data: Readonly<Record<string, unknown>>;
}
