// Launchers are recognised by what they put into the environment; without one, nothing is loaded.
import { expect, test } from "vitest";
import { CollectiveError, joinWorld, launchOf, MpiUnavailableError } from "../src/index.ts";

test.each([
  ["Open MPI's mpirun", { OMPI_COMM_WORLD_SIZE: "4", PMIX_RANK: "0" }, { family: "openmpi", size: 4 }],
  ["MPICH's hydra", { PMI_SIZE: "2", PMI_RANK: "1" }, { family: "mpich", size: 2 }],
  ["srun --mpi=pmix", { PMIX_RANK: "1", SLURM_STEP_NUM_TASKS: "8" }, { family: "openmpi", size: 8 }],
  ["an empty variable", { OMPI_COMM_WORLD_SIZE: "" }, undefined],
  ["a batch script's own shell", { SLURM_NTASKS: "8", SLURM_STEP_NUM_TASKS: "1" }, undefined],
])("%s", (_, env, expected) => {
  expect(launchOf(env)).toEqual(expected);
});

test("srun without an MPI is refused: every task would train alone and write over the others", () => {
  expect(() => launchOf({ SLURM_STEP_NUM_TASKS: "4" })).toThrow(CollectiveError);
});

test("a process that nobody launched is alone", () => {
  expect(joinWorld({}).size).toBe(1);
});

test("a library that is not there is said by name, with what to install", () => {
  const join = (): unknown => joinWorld({ PMI_SIZE: "2", GRADLOOM_MPI: "/nowhere/libmpi.so" });
  expect(join).toThrow(MpiUnavailableError);
  expect(join).toThrow(/GRADLOOM_MPI=\/nowhere\/libmpi\.so .*libopenmpi3 or libmpich12/);
});

test("a library that is no MPI is refused, not called", () => {
  expect(() => joinWorld({ PMI_SIZE: "2", GRADLOOM_MPI: "libc.so.6" })).toThrow(MpiUnavailableError);
});
