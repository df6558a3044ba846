// What every package's test run shares: sources instead of builds, in the tests and in the threads they start.
import { defineProject, type UserWorkspaceConfig } from "vitest/config";

const SOURCE = "@gradloom/source";

export function project(name: string, include: string[] = ["**/*.test.ts"]): UserWorkspaceConfig {
  return defineProject({
    ssr: { resolve: { conditions: [SOURCE, "node", "import", "default"] } },
    test: {
      name,
      include,
      pool: "forks",
      execArgv: [`--conditions=${SOURCE}`],
      testTimeout: 60_000,
    },
  });
}
