// What `gradloom doctor` finds out, as plain data: JSON for programs, and what the text is written from.

/** A machine, seen from this process. */
export interface Machine {
  readonly gradloom: string;
  readonly node: { readonly version: string; readonly platform: string; readonly architecture: string };
  readonly instructions: Instructions;
  readonly cores: Cores;
  readonly memory: Memory;
  readonly blas: Blas;
  readonly mpi: Mpi | null;
  readonly speed: readonly Speed[];
}

export interface Instructions {
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** WebAssembly memory that threads share. */
  readonly sharedMemory: boolean;
  /** The backend that `--backend auto` runs, and why. */
  readonly backend: string;
  readonly reason: string;
}

export interface Cores {
  readonly model: string;
  /** That the machine has. */
  readonly logical: number;
  /** That this process may run on, as Node counts them: the default of `--workers`. */
  readonly available: number;
  /** Of CPU time that a control group allows, such as 1.5; null without a limit. */
  readonly quota: number | null;
  /** Average number of running tasks of the last minute; null where the system does not tell. */
  readonly load: number | null;
}

/** In bytes. */
export interface Memory {
  readonly total: number;
  readonly free: number;
  /** That a control group allows; null without a limit. */
  readonly limit: number | null;
}

/** Native matrix products. */
export interface Blas {
  /** What the backend `blas` would compute with; null when it cannot run here. */
  readonly usable: { readonly name: string; readonly path: string; readonly version: string } | null;
  /** Why it cannot, and what to do about it; null when it can. */
  readonly reason: string | null;
  /** Libraries seen in the usual places, usable or not. */
  readonly found: readonly Library[];
}

export interface Library {
  readonly name: string;
  readonly path: string;
}

export interface Mpi {
  readonly command: string;
  /** The first line that it prints about itself; null when it did not answer. */
  readonly version: string | null;
}

/** A matmul of `size` × `size` float32 on one core. */
export interface Speed {
  readonly backend: string;
  readonly size: number;
  readonly gigaflops: number;
}
