// The time from the start of a process to the end of its first training step, data loaded from the disk and all.
import { Resident } from "./resident.ts";
import { type Entry, type Failed, taskFor } from "./turns.ts";
import type { Work } from "./works.ts";

export interface StartUp {
  readonly name: string;
  readonly family: string;
  readonly threads: number;
  /** One figure a round, the same rounds for everybody. */
  readonly seconds: readonly number[];
}

export interface StartUpResult {
  readonly measured: readonly StartUp[];
  readonly failed: readonly Failed[];
}

/** Starts everybody anew in every round. Before the first round each starts once: files are in the page cache then. */
export async function measureStartUp(
  work: Work,
  entries: readonly Entry[],
  mnist: string,
  rounds: number,
  tell: (line: string) => void,
): Promise<StartUpResult> {
  const failed = new Map<string, string>();
  const seconds = new Map<string, number[]>();
  for (let round = 0; round <= rounds; round++) {
    for (const { contestant, runtime } of entries) {
      if (failed.has(contestant.name)) continue;
      const resident = new Resident(contestant, taskFor(work, contestant, mnist), runtime);
      try {
        const ready = await resident.ready();
        if (round > 0) seconds.set(contestant.name, [...(seconds.get(contestant.name) ?? []), ready.seconds]);
      } catch (error) {
        failed.set(contestant.name, error instanceof Error ? error.message : String(error));
      } finally {
        resident.close();
      }
    }
    tell(round === 0 ? "  everybody once" : `  round ${round} of ${rounds}`);
  }
  return {
    measured: entries
      .filter(({ contestant }) => !failed.has(contestant.name))
      .map(({ contestant: { name, family, threads } }) => ({
        name,
        family,
        threads,
        seconds: seconds.get(name) ?? [],
      })),
    failed: [...failed].map(([name, reason]) => ({ name, reason })),
  };
}
