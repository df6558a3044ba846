// Waits that end: a promise that rejects when time is up, or when nothing has moved for too long.

export interface Deadline {
  /** Rejects when the time is up; never resolves. */
  readonly promise: Promise<never>;
  /** Ends the watch; the promise then stays pending. */
  clear(): void;
}

/** Rejects with `reason()` after so many milliseconds. */
export function deadline(milliseconds: number, reason: () => Error): Deadline {
  return stallDeadline(milliseconds, () => 0, reason);
}

/** Rejects with `reason()` once `progress()` has returned the same number for so many milliseconds. */
export function stallDeadline(milliseconds: number, progress: () => number, reason: () => Error): Deadline {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    let seen = progress();
    let moved = performance.now();
    timer = setInterval(
      () => {
        const now = progress();
        if (now !== seen) {
          seen = now;
          moved = performance.now();
        } else if (performance.now() - moved >= milliseconds) {
          clearInterval(timer);
          reject(reason());
        }
      },
      Math.min(milliseconds, 250),
    );
  });
  // Whoever races against it sees the rejection; nobody has to.
  promise.catch(() => {});
  return { promise, clear: () => clearInterval(timer) };
}
