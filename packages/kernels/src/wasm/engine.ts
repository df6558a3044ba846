// The little of the engine's WebAssembly that this package touches, typed here so that its declarations need neither
// the DOM's types nor Node's.
import { UnsupportedError } from "../errors.ts";

/** A `WebAssembly.Memory`: anything that holds the buffer of one. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

/** A compiled module; opaque. */
export type CompiledModule = object;

interface Engine {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => LinearMemory;
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: { env: { memory: LinearMemory } },
  ) => { readonly exports: object };
  validate(bytes: Uint8Array): boolean;
}

/** The engine's WebAssembly. @throws UnsupportedError where there is none. */
export function engine(): Engine {
  const found: unknown = Reflect.get(globalThis, "WebAssembly");
  if (found === undefined) {
    throw new UnsupportedError(
      'This JavaScript engine has no WebAssembly. Use the plain loops: createKernels({ backend: "reference" }).',
    );
  }
  return found as Engine;
}
