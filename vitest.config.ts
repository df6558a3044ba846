// One run over every package, closed by one line that counts it.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // A test file has one thread to itself for most of its time, and every machine two cores or more.
    maxWorkers: "100%",
    projects: ["packages/*", "apps/*", "test"],
    reporters: ["default", "./test/count-reporter.ts"],
  },
});
