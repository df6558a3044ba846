// The MPI launchers of this machine. Debian has both, under names of their own.
import { spawnSync } from "node:child_process";

export interface Launcher {
  readonly family: "Open MPI" | "MPICH";
  readonly command: string;
  /** What lets several ranks share few cores. */
  readonly flags: readonly string[];
}

const KNOWN: readonly (Launcher & { readonly names: readonly string[]; readonly sign: RegExp })[] = [
  {
    family: "Open MPI",
    command: "",
    names: ["mpirun.openmpi", "mpirun"],
    sign: /Open MPI|OpenRTE/i,
    flags: ["--oversubscribe", "--mca", "mpi_yield_when_idle", "1"],
  },
  {
    family: "MPICH",
    command: "",
    names: ["mpirun.mpich", "mpiexec.hydra", "mpirun"],
    sign: /HYDRA/i,
    flags: [],
  },
];

/** Those that are there. */
export const LAUNCHERS: readonly Launcher[] = KNOWN.flatMap(({ names, sign, family, flags }) => {
  const command = names.find((name) => {
    const { stdout, status } = spawnSync(name, ["--version"], { encoding: "utf8" });
    return status === 0 && sign.test(stdout);
  });
  return command === undefined ? [] : [{ family, command, flags }];
});

/** For the title of a test that is skipped. */
export const MISSING: readonly string[] = KNOWN.map(({ family }) => family).filter((family) =>
  LAUNCHERS.every((launcher) => launcher.family !== family),
);
