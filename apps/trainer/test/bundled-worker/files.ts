// Where the workers' sources lie, and the one file that tests make of them.
/** Beside koffi, which the kernels look for from where they are. */
const FOLDER = new URL("../../../../packages/kernels/node_modules/.cache/gradloom/", import.meta.url);

export const SOURCE_WORKER: URL = new URL("../../src/parallel/worker.ts", import.meta.url);
export const BUNDLED_WORKER: URL = new URL("worker.js", FOLDER);
export const MAPPED_WORKER: URL = new URL("mapped-worker.js", FOLDER);
