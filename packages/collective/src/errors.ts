// The errors this package throws. Each message says what was given, what was expected and what to do.

/** Base of every error that @gradloom/collective throws on purpose. */
export class CollectiveError extends Error {
  override readonly name: string = "CollectiveError";
}

/** There is no MPI to call: koffi or the library is missing, or is not the one that the launcher belongs to. */
export class MpiUnavailableError extends CollectiveError {
  override readonly name = "MpiUnavailableError";
}

/** An MPI function that has reported an error. By default MPI libraries end the process before it comes to this. */
export class MpiCallError extends CollectiveError {
  override readonly name = "MpiCallError";
  /** What the function returned. */
  readonly code: number;

  constructor(called: string, code: number) {
    super(
      `${called} failed with code ${code}. The launcher's own messages, above or below, say more; restart the job.`,
    );
    this.code = code;
  }
}
