// Whether a launcher has started this process as one of several: read from the environment, with nothing loaded.
import { CollectiveError } from "./errors.ts";

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What started the processes, as far as it can be told. */
export interface Launch {
  /** Which library the launcher speaks to first of all. */
  readonly family: "openmpi" | "mpich";
  /** How many ranks the launcher says there are; undefined where it does not. */
  readonly size: number | undefined;
}

/**
 * Undefined for a process that was started by itself.
 * @throws CollectiveError for several tasks that srun has started without an MPI between them.
 */
export function launchOf(env: Environment): Launch | undefined {
  // Open MPI's mpirun.
  if (isSet(env.OMPI_COMM_WORLD_SIZE)) return { family: "openmpi", size: count(env.OMPI_COMM_WORLD_SIZE) };
  // MPICH's hydra, Intel MPI's, and srun --mpi=pmi2.
  if (isSet(env.PMI_SIZE) || isSet(env.PMI_RANK)) return { family: "mpich", size: count(env.PMI_SIZE) };
  // prterun and srun --mpi=pmix.
  if (isSet(env.PMIX_RANK)) return { family: "openmpi", size: count(env.SLURM_STEP_NUM_TASKS) };
  const tasks = count(env.SLURM_STEP_NUM_TASKS) ?? 1;
  if (tasks > 1) {
    throw new CollectiveError(
      `srun has started ${tasks} tasks that know nothing of each other. Use srun --mpi=pmix (Open MPI) or ` +
        "--mpi=pmi2 (MPICH); srun --mpi=list says what this cluster has.",
    );
  }
  return undefined;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

function count(value: string | undefined): number | undefined {
  return value !== undefined && /^[0-9]+$/.test(value) ? Number(value) : undefined;
}
