// The types of strict-results.mjs.
import type * as api from "../../src/index.ts";

export function strictHash(library: typeof api, options: api.KernelsOptions): Promise<string>;
