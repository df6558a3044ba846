// A machine as lines for people.
import { formatBytes } from "../report/format.ts";
import { adviceFor } from "./advice.ts";
import type { Machine } from "./machine.ts";

/** A name and what is to be said about it. */
type Line = readonly [name: string, value: string];

export function machineLines(machine: Machine): readonly Line[] {
  const { node, instructions, cores, memory, mpi, speed } = machine;
  const { simd, relaxedSimd, sharedMemory, backend, reason } = instructions;
  return [
    ["gradloom", machine.gradloom],
    ["Node", `${node.version}, ${node.platform} ${node.architecture}`],
    [
      "WebAssembly",
      `SIMD ${yes(simd)}, relaxed SIMD ${yes(relaxedSimd)}, shared memory ${yes(sharedMemory)}`,
    ],
    ["backend", `${backend} (${reason})`],
    ["processor", cores.model],
    ["cores", coresText(machine)],
    ["memory", `${formatBytes(memory.total)}, ${formatBytes(memory.free)} free${limitText(machine)}`],
    ...speed.map(
      ({ backend: name, size, gigaflops }, i): Line => [
        i === 0 ? "speed" : "",
        `${name.padEnd(12)} ${gigaflops.toFixed(1).padStart(6)} GFLOP/s (${size}×${size} matmul, float32, one core)`,
      ],
    ),
    ...blasLines(machine),
    ["MPI", mpi === null ? "none found" : `${mpi.command}${mpi.version === null ? "" : ` (${mpi.version})`}`],
    ...adviceLines(adviceFor(machine)),
  ];
}

function blasLines({ blas }: Machine): readonly Line[] {
  const { usable, reason, found } = blas;
  if (usable !== null) return [["BLAS", `${usable.name} (${usable.path}), used by the backend blas`]];
  const seen = found.map(({ name, path }) => `${name} (${path})`).join(", ");
  return [
    ["BLAS", seen === "" ? "none found" : `${seen}, not usable`],
    ["", reason ?? ""],
  ];
}

function adviceLines(advice: readonly string[]): readonly Line[] {
  if (advice.length === 0) return [["advice", "none: nothing here slows training down"]];
  return advice.map((text, i) => [i === 0 ? "advice" : "", text]);
}

function coresText({ cores }: Machine): string {
  const { logical, available, quota, load } = cores;
  const limit = quota === null ? "" : `, limited to ${Number(quota.toFixed(2))} cores of time`;
  const busy = load === null ? "" : `, load ${load.toFixed(1)}`;
  return `${available} of ${logical} usable${limit}${busy}`;
}

function limitText({ memory }: Machine): string {
  return memory.limit === null ? "" : `, limited to ${formatBytes(memory.limit)}`;
}

function yes(value: boolean): string {
  return value ? "yes" : "no";
}
