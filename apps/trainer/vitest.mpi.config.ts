// The trainer's tests under MPI's launchers, which start and kill many processes: `pnpm test:mpi`.
import { defineConfig } from "vitest/config";
import { project } from "../../vitest.project.ts";

export default defineConfig({
  test: {
    // One after the other: each file has both cores for its ranks.
    fileParallelism: false,
    projects: [project("trainer-mpi", ["test/mpi/*.mpi.ts"])],
    reporters: ["default", "../../test/count-reporter.ts"],
  },
});
