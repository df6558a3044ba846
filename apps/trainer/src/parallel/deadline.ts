// Waits that end: a promise that rejects when time is up, or when nothing has moved for too long.

export interface Deadline {
  /** Rejects when the time is up; never resolves. */
  readonly promise: Promise<never>;
  /** Ends the watch; the promise then stays pending. */
  clear(): void;
}

const LOOK_MS = 250;

/** Rejects with `reason()` after so many milliseconds. */
export function deadline(milliseconds: number, reason: () => Error): Deadline {
  return stallDeadline(milliseconds, () => 0, reason);
}

/**
 * Rejects with `reason()` once `progress()` has returned the same number for so many milliseconds, without those in which
 * the machine slept or the process was stopped.
 */
export function stallDeadline(milliseconds: number, progress: () => number, reason: () => Error): Deadline {
  const lookMs = Math.min(milliseconds, LOOK_MS);
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    let seen = progress();
    let looked = performance.now();
    let stood = 0;
    timer = setInterval(() => {
      const now = performance.now();
      stood += Math.min(now - looked, 2 * lookMs);
      looked = now;
      const reached = progress();
      if (reached !== seen) {
        seen = reached;
        stood = 0;
      } else if (stood >= milliseconds) {
        clearInterval(timer);
        reject(reason());
      }
    }, lookMs);
  });
  // Whoever races against it sees the rejection; nobody has to.
  promise.catch(() => {});
  return { promise, clear: () => clearInterval(timer) };
}
