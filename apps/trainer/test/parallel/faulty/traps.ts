// A worker whose second rank runs into a WebAssembly trap in the middle of an epoch.
import type { Ending } from "../../../src/parallel/control.ts";
import work, { type RankTask } from "../../../src/parallel/worker.ts";
import { injectFault } from "./inject-fault.ts";

/** (module (func (export "trap") unreachable)) */
const TRAP = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // types: () → ()
  ...[0x03, 0x02, 0x01, 0x00], // one function of type 0
  ...[0x07, 0x08, 0x01, 0x04, 0x74, 0x72, 0x61, 0x70, 0x00, 0x00], // exported as "trap"
  ...[0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b], // its body: unreachable
);

interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: { trap(): void } };
}

export default function faulty(task: RankTask): Ending {
  const { Module, Instance }: Engine = Reflect.get(globalThis, "WebAssembly");
  injectFault(task, () => new Instance(new Module(TRAP)).exports.trap());
  return work(task);
}
