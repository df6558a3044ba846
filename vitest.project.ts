// What every package's test run shares: sources instead of builds, in the tests and in the threads they start.
import { fileURLToPath } from "node:url";
import { defineProject, type UserWorkspaceConfig } from "vitest/config";

const SOURCE = "@gradloom/source";

// Every thread and process that a test starts loads the sources: with their types stripped once, in a third of the time.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("node_modules/.cache/node", import.meta.url));

export interface ProjectOptions {
  /** Default: every *.test.ts. */
  readonly include?: string[];
  /** Whether each file gets a process of its own, as those must that leave threads, signals or settings behind. Default true. */
  readonly isolate?: boolean;
}

export function project(
  name: string,
  { include = ["**/*.test.ts"], isolate = true }: ProjectOptions = {},
): UserWorkspaceConfig {
  return defineProject({
    ssr: { resolve: { conditions: [SOURCE, "node", "import", "default"] } },
    test: {
      name,
      include,
      pool: "forks",
      isolate,
      execArgv: [`--conditions=${SOURCE}`],
      // A file has one thread at work for most of its time.
      maxWorkers: "100%",
      testTimeout: 60_000,
    },
  });
}
