// Collectives that are begun and ended later bring the bytes of those that block, under any MPI.
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Job, rankCommand } from "./job.ts";
import { LAUNCHERS } from "./launchers.ts";

const PROGRAM = fileURLToPath(new URL("begun-collectives.ts", import.meta.url));

test.each(LAUNCHERS)(
  "$family: begun collectives bring the bytes of plain ones",
  async ({ command, flags }) => {
    const job = new Job([command, ...flags, "-n", "3", ...rankCommand([], PROGRAM)], process.cwd());
    expect(await job.ended(), job.output).toBe(0);
    expect(job.output).toContain("wrong: 0,0,0");
  },
);
