// The trainer's long tests, which kill and trace many processes: `pnpm test:long`.
import { defineConfig } from "vitest/config";
import { project } from "../../vitest.project.ts";

export default defineConfig({
  test: {
    projects: [project("trainer-long", { include: ["test/**/*.long.ts"] })],
    reporters: ["default", "../../test/count-reporter.ts"],
  },
});
