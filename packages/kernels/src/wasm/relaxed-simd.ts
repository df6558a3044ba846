// Node 20 has relaxed SIMD but keeps it behind a flag, which can be set while it runs.

interface NodeProcess {
  readonly versions?: { readonly node?: string };
  readonly getBuiltinModule?: (name: string) => unknown;
}

function host(): NodeProcess | undefined {
  return Reflect.get(globalThis, "process");
}

/** Whether this is a Node whose relaxed SIMD is off unless a flag is set. Later versions have it without one. */
export function isBehindFlag(): boolean {
  return host()?.versions?.node?.startsWith("20.") === true;
}

/** Whether a flag was set, after which modules with relaxed SIMD may validate. Only Node 20 is asked. */
export function allowRelaxedSimd(): boolean {
  // Later versions print an error for a flag they no longer know.
  if (!isBehindFlag()) return false;
  // No import: bundlers for browsers would look for Node's modules.
  const v8 = host()?.getBuiltinModule?.("node:v8") as { setFlagsFromString(flags: string): void } | undefined;
  if (v8 === undefined) return false;
  v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
  return true;
}
