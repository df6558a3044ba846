// Whether other work keeps the cores busy: a time of the network's cannot be measured then.
import { cpus } from "node:os";

/** Waits up to half a minute for a moment in which four fifths of the cores' time are free. */
export async function isQuiet(): Promise<boolean> {
  for (let looks = 0; looks < 30; looks++) {
    const before = times();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const after = times();
    if ((after.idle - before.idle) / (after.all - before.all) > 0.8) return true;
  }
  return false;
}

function times(): { readonly idle: number; readonly all: number } {
  const all = cpus().map((cpu) => cpu.times);
  const sum = (of: (one: (typeof all)[number]) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  return { idle: sum(({ idle }) => idle), all: sum((one) => Object.values(one).reduce((a, b) => a + b, 0)) };
}
