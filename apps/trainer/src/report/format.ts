// Numbers for people: counts in groups of three, durations in the units one would say, losses in four digits.

/** 60000 → `60,000`. The same in every locale. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return String(count);
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `0.85 s`, `12.3 s`, `1 min 12 s`, `2 h 5 min`. A duration that is not known is `?`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "?";
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  if (Math.round(seconds) < 3600) return inUnits(Math.round(seconds), 60, "min", "s");
  return inUnits(Math.round(seconds / 60), 60, "h", "min");
}

/** As `formatDuration`, in whole seconds: a time that is still an estimate. */
export function formatTimeLeft(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole >= 0 && whole < 60 ? `${whole} s` : formatDuration(whole);
}

/** 0.0123 → `0.0123`; very large and very small losses in powers of ten. */
export function formatLoss(loss: number): string {
  if (!Number.isFinite(loss)) return String(loss);
  const size = Math.abs(loss);
  return size !== 0 && (size < 0.001 || size >= 10_000) ? loss.toExponential(3) : loss.toFixed(4);
}

/** 1536 → `1.5 KiB`, 52428800 → `50.0 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 2 ** 20) return `${(bytes / 1024).toFixed(1)} KiB`;
  if (bytes < 2 ** 30) return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  return `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}

/** 0.9704 → `97.04 %`. */
export function formatAccuracy(accuracy: number): string {
  return `${(accuracy * 100).toFixed(2)} %`;
}

function inUnits(amount: number, perLarge: number, large: string, small: string): string {
  return `${Math.floor(amount / perLarge)} ${large} ${amount % perLarge} ${small}`;
}
