// The module worker of page.mjs.
import * as api from "../../dist/index.js";
import { strictHash } from "./strict-results.mjs";

const shared = globalThis.crossOriginIsolated;
try {
  const arena = api.Arena.create({ byteLength: 2 ** 26, shared });
  postMessage(`${shared} ${await strictHash(api, { backend: "wasm", arena })}`);
} catch (error) {
  postMessage(String(error));
}
