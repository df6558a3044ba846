// The long package tests, which need npm and perhaps the network: `pnpm test:packages`.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "packages",
    include: ["packages/*.long.ts"],
    pool: "forks",
    reporters: ["default", "./count-reporter.ts"],
  },
});
