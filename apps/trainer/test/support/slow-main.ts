// A `gradloom train` whose trainer never finishes: "stops" ends when it is aborted, "deaf" does not listen.
import type { TrainFunction } from "../../src/cli/io.ts";
import { runProgram } from "../../src/cli/program.ts";

const [kind = "", ...args] = process.argv.slice(2);

const train: TrainFunction = (_data, _options, hooks) =>
  new Promise((_, reject) => {
    const busy = setInterval(() => {}, 1000);
    hooks?.signal?.addEventListener("abort", () => {
      if (kind === "deaf") return;
      clearInterval(busy);
      reject(hooks.signal?.reason);
    });
    process.stdout.write("training\n");
  });

process.exitCode = await runProgram(["train", ...args], {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  signals: process,
  loadTrain: async () => train,
});
