// Exported nets in ONNX Runtime, which npm may have to download first: `pnpm test:onnx`.
import { defineConfig } from "vitest/config";
import { project } from "../../vitest.project.ts";

export default defineConfig({
  test: {
    projects: [project("onnx", { include: ["test/onnx-runtime/*.long.ts"] })],
    reporters: ["default", "../../test/count-reporter.ts"],
  },
});
