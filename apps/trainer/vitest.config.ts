// How this folder's tests run: as every package's do, but that the engine's threads load one file made of their sources.

import { project } from "../../vitest.project.ts";
import { bundledWorker } from "./test/bundled-worker/pool-plugin.ts";

const trainer = project("trainer");

export default {
  ...trainer,
  plugins: [bundledWorker()],
  test: { ...trainer.test, globalSetup: "test/bundled-worker/bundle.ts" },
};
