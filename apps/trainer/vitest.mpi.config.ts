// The trainer's tests under MPI's launchers, which start and kill many processes: `pnpm test:mpi`.
import { defineConfig } from "vitest/config";
import { project } from "../../vitest.project.ts";

const ranks = project("trainer-mpi", { include: ["test/mpi/*.mpi.ts"] });

export default defineConfig({
  test: {
    // One file after the other: each has all cores for its ranks.
    projects: [{ ...ranks, test: { ...ranks.test, maxWorkers: 1 } }],
    reporters: ["default", "../../test/count-reporter.ts"],
  },
});
