// One run over every package, closed by one line that counts it.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["packages/*", "apps/*", "test"],
    reporters: ["default", "./test/count-reporter.ts"],
  },
});
