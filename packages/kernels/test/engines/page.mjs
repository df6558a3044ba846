// The page of engines.test.ts: computes the hash here or, with #worker, in a module worker; the title is the answer.
import * as api from "../../dist/index.js";
import { strictHash } from "./strict-results.mjs";

/** @param {unknown} answer */
const show = (answer) => {
  document.title = String(answer);
};

const shared = globalThis.crossOriginIsolated;
if (location.hash === "#worker") {
  const worker = new Worker(new URL("./page-worker.mjs", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => show(data);
  worker.onerror = ({ message }) => show(message);
} else {
  try {
    const arena = api.Arena.create({ byteLength: 2 ** 26, shared });
    show(`${shared} ${await strictHash(api, { backend: "wasm", arena })}`);
  } catch (error) {
    show(error);
  }
}
