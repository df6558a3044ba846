// Prints the hash of strict-results.mjs on a backend of the built package (default: wasm): run by engines.test.ts on other Nodes.
import * as api from "../../dist/index.js";
import { strictHash } from "./strict-results.mjs";

console.log(await strictHash(api, { backend: process.argv[2] ?? "wasm" }));
