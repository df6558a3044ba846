// The workspace's long tests: what needs npm, perhaps the network, several compilers, or the benchmark: `pnpm test:packages`.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "packages",
    include: ["packages/*.long.ts", "bench/*.long.ts"],
    pool: "forks",
    testTimeout: 120_000,
    reporters: ["default", "./count-reporter.ts"],
  },
});
