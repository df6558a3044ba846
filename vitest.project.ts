// What every package's test run shares: sources instead of builds, in the tests and in the threads they start.
import { fileURLToPath } from "node:url";
import { defineProject, type UserWorkspaceConfig } from "vitest/config";

const SOURCE = "@gradloom/source";

// Every thread and process that a test starts loads the sources: with their types stripped once, in a third of the time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("node_modules/.cache/node", import.meta.url));

export function project(name: string, include: string[] = ["**/*.test.ts"]): UserWorkspaceConfig {
  return defineProject({
    ssr: { resolve: { conditions: [SOURCE, "node", "import", "default"] } },
    test: {
      name,
      include,
      pool: "forks",
      execArgv: [`--conditions=${SOURCE}`],
      // A file has one thread at work for most of its time.
      maxWorkers: "100%",
      testTimeout: 60_000,
    },
  });
}
