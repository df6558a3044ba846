// Ourselves, as a contestant: `train` of the built gradloom package, timed by its own epoch events. The variant is the
// backend.
import { softmax, tensor } from "@gradloom/core";
import { createKernels, defaultBackend } from "@gradloom/kernels";
import { loadMnist, train } from "gradloom";
import { contestant } from "../peers/javascript/contestant.mjs";
import { PIXELS } from "../peers/javascript/mnist.mjs";

/** A run has new threads, which compile the loop of a step anew: of one row a step, the first 20,000 rows are slower. */
const ROWS_TO_WARM = 30_000;

await contestant(async (task) => {
  const data = await loadMnist();
  const options = {
    workers: task.threads,
    backend: /** @type {import("gradloom").BackendChoice} */ (task.variant),
    hidden: task.hidden,
    batchSize: task.batch,
    learningRate: task.learningRate,
    limit: task.rows,
  };
  /** @type {Awaited<ReturnType<typeof train>>["net"] | undefined} */
  let net;

  return {
    description: `gradloom on Node ${process.versions.node}, ${computedBy(task.variant)}`,

    // A run is asked to stop as soon as it tells of its first steps; what it did after the first one is taken off.
    async firstStep() {
      const stop = new AbortController();
      let secondsAgo = Number.NaN;
      let at = Number.NaN;
      /** @param {number} samples @param {number} samplesPerSecond */
      const told = (samples, samplesPerSecond) => {
        if (!Number.isNaN(at)) return;
        at = performance.now();
        secondsAgo = (samples - task.batch) / samplesPerSecond;
        stop.abort();
      };
      const run = train(
        data,
        { ...options, epochs: 1 },
        {
          signal: stop.signal,
          onEvent(event) {
            if (event.type === "progress") told(event.step * task.batch, event.samplesPerSecond);
            if (event.type === "epoch") told(task.rows, event.samplesPerSecond);
          },
        },
      );
      await run.then(
        (result) => {
          net = result.net;
        },
        (error) => {
          if (!stop.signal.aborted) throw error;
        },
      );
      return secondsAgo + (performance.now() - at) / 1000;
    },

    // Whole epochs of a run of its own. The first ones warm the workers up and are not counted; together with them a run
    // has steps enough to learn.
    async train(/** @type {number} */ steps) {
      const epochs = Math.max(1, Math.round((steps * task.batch) / task.rows));
      const warm = Math.ceil(Math.max(task.checkSteps * task.batch, ROWS_TO_WARM) / task.rows);
      /** @type {number[]} */
      const ends = [];
      const result = await train(
        data,
        { ...options, epochs: warm + epochs },
        {
          onEvent(event) {
            if (event.type === "epoch") ends.push(performance.now());
          },
        },
      );
      net = result.net;
      return { seconds: (Number(ends.at(-1)) - Number(ends[warm - 1])) / 1000, samples: epochs * task.rows };
    },

    probabilities(pixels, count) {
      // Nobody trained yet: every class is as likely as the others, as the book's initial values have it.
      if (net === undefined) return new Float32Array(count * 10).fill(0.1);
      const rows = Array.from({ length: count }, (_, i) => [
        ...pixels.subarray(i * PIXELS, (i + 1) * PIXELS),
      ]);
      return softmax(net.predict(tensor(rows))).data;
    },
  };
});

/**
 * What a backend is here.
 * @param {string} choice
 */
function computedBy(choice) {
  if (choice !== "blas") return choice === "auto" ? defaultBackend() : choice;
  const { library } = createKernels({ backend: "blas" }).explain();
  return `blas: ${library?.name} ${library?.version}`;
}
