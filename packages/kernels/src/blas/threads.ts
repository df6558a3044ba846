// One thread per caller: the workers that share a step already are as many as the cores, and a library that starts its
// own threads for each of them would make them wait for each other.
import { find } from "./facts.ts";
import type { NativeLibrary } from "./koffi.ts";

interface Control {
  readonly set: string;
  readonly get: string;
  /** The type of a number of threads. */
  readonly type: string;
  /** What to set. */
  readonly value: number;
  /** What `get` says when it is one thread. */
  readonly one: readonly number[];
}

/** OpenBLAS, MKL and FlexiBLAS set this for the process; BLIS and Accelerate (macOS 15) for the calling thread, too. */
const CONTROLS: readonly Control[] = [
  { set: "openblas_set_num_threads", get: "openblas_get_num_threads", type: "int", value: 1, one: [1] },
  { set: "MKL_Set_Num_Threads", get: "MKL_Get_Max_Threads", type: "int", value: 1, one: [1] },
  { set: "flexiblas_set_num_threads", get: "flexiblas_get_num_threads", type: "int", value: 1, one: [1] },
  // BLIS says −1 before anybody has set it: one thread.
  {
    set: "bli_thread_set_num_threads",
    get: "bli_thread_get_num_threads",
    type: "int64_t",
    value: 1,
    one: [1, -1],
  },
  // BLAS_THREADING_SINGLE_THREADED is 1.
  { set: "BLASSetThreading", get: "BLASGetThreading", type: "unsigned int", value: 1, one: [1] },
];

/** Sets one thread. Returns 1 when the library says so, undefined when it has no word for it. */
export function setOneThread(library: NativeLibrary): number | undefined {
  for (const { set, get, type, value, one } of CONTROLS) {
    const setter = find(library, set, "void", [type]);
    const getter = find(library, get, type);
    if (setter === undefined || getter === undefined) continue;
    // Other workers may be computing: what is right already is left alone.
    if (!one.includes(Number(getter()))) setter(value);
    const threads = Number(getter());
    return one.includes(threads) ? 1 : threads;
  }
  return undefined;
}
