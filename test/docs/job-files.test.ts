// The files for batch systems, as the page shows them: sound in form, and run here with stand-ins for the launchers.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "./snippets.ts";

const PAGE = readFileSync(join(ROOT, "apps/trainer/docs/several-machines.md"), "utf8");
const MAIN = join(ROOT, "apps/trainer/src/main.ts");

/** The block of the page that begins so. */
function block(start: string): string {
  const found = [...PAGE.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
  const one = found.find((text) => text.startsWith(start));
  if (one === undefined) throw new Error(`the page has no block that begins with ${start}`);
  return one;
}

/** Runs a script where launchers only say how they were called. @returns the words behind the launcher's name */
function calledBy(script: string, launcher: string, resumes: boolean): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "gradloom-job-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [bin, file] = [join(folder, "bin"), join(folder, "job.sh")];
  mkdirSync(bin);
  if (resumes) mkdirSync(join(folder, "runs/it"), { recursive: true });
  writeFileSync(join(bin, launcher), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  chmodSync(join(bin, launcher), 0o755);
  writeFileSync(file, script);
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    SLURM_SUBMIT_DIR: folder,
    SLURM_CPUS_PER_TASK: "32",
  };
  execFileSync("sh", ["-n", file]);
  return execFileSync("sh", [file], { cwd: folder, env, encoding: "utf8" }).trim().split("\n");
}

/** What follows `npx gradloom`, judged by the program itself. */
function gradloomArgs(words: readonly string[]): readonly string[] {
  const at = words.indexOf("npx");
  expect(words.slice(at, at + 3)).toEqual(["npx", "gradloom", "train"]);
  return words.slice(at + 2);
}

function settingsOf(args: readonly string[]): unknown {
  const node = ["--conditions=@gradloom/source", MAIN, ...args, "--print-config"];
  return JSON.parse(execFileSync(process.execPath, node, { encoding: "utf8", cwd: tmpdir() }));
}

test("the Slurm script begins a run, and goes on with it after a requeue", () => {
  const script = block("#!/bin/sh\n#SBATCH");
  const first = calledBy(script, "srun", false);
  expect(first.slice(0, 2)).toEqual(["--mpi=pmix", "--cpus-per-task=32"]);
  expect(settingsOf(gradloomArgs(first))).toMatchObject({
    name: "it",
    hidden: [1024, 1024],
    batchSize: 4096,
  });
  expect(gradloomArgs(calledBy(script, "srun", true))).toEqual(["train", "--resume", "runs/it"]);
});

test("its #SBATCH lines are the options that the page means, each with its value", () => {
  const options = [...block("#!/bin/sh\n#SBATCH").matchAll(/^#SBATCH --([a-z-]+)(?:=(\S+))?$/gm)];
  const lines = block("#!/bin/sh\n#SBATCH")
    .split("\n")
    .filter((line) => line.startsWith("#SBATCH"));
  expect(options).toHaveLength(lines.length);
  const named = Object.fromEntries(options.map(([, name = "", value]) => [name, value]));
  expect(named).toEqual({
    "job-name": "gradloom",
    nodes: "4",
    "ntasks-per-node": "1",
    "cpus-per-task": "32",
    time: "02:00:00",
    signal: "TERM@60",
    requeue: undefined,
  });
});

test("the MPIJob has what the operator's schema and its own checks ask for", () => {
  const job: unknown = parse(block("apiVersion: kubeflow.org"));
  const container = {
    name: expect.stringMatching(/^[a-z]+$/),
    image: "gradloom:1",
    volumeMounts: [{ name: "runs", mountPath: "/runs" }],
  };
  const volumes = [{ name: "runs", persistentVolumeClaim: { claimName: "gradloom-runs" } }];
  // toEqual, not toMatchObject: a field that the schema does not know would be dropped without a word.
  expect(job).toEqual({
    apiVersion: "kubeflow.org/v2beta1",
    kind: "MPIJob",
    metadata: { name: "gradloom" },
    spec: {
      slotsPerWorker: 1,
      sshAuthMountPath: "/root/.ssh",
      runPolicy: { cleanPodPolicy: "Running", activeDeadlineSeconds: 7200, backoffLimit: 3 },
      mpiReplicaSpecs: {
        Launcher: {
          replicas: 1,
          restartPolicy: "OnFailure",
          template: {
            spec: {
              containers: [
                {
                  ...container,
                  workingDir: "/app",
                  env: ["OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"].map((name) => ({
                    name,
                    value: "1",
                  })),
                  command: ["sh", "-c"],
                  args: [expect.any(String)],
                },
              ],
              volumes,
            },
          },
        },
        Worker: {
          replicas: 4,
          template: {
            spec: {
              containers: [
                {
                  ...container,
                  command: ["/usr/sbin/sshd"],
                  args: ["-De"],
                  resources: { requests: { cpu: "8", memory: "4Gi" }, limits: { cpu: "8", memory: "4Gi" } },
                },
              ],
              volumes,
            },
          },
        },
      },
    },
  });
});

test("its launcher begins a run on as many ranks as there are workers, and goes on with it when it starts again", () => {
  const job = parse(block("apiVersion: kubeflow.org")) as MpiJob;
  const { Launcher, Worker } = job.spec.mpiReplicaSpecs;
  const script = (resumed: string): string =>
    (Launcher.template.spec.containers[0]?.args[0] ?? "").replaceAll("/runs", resumed);
  const first = calledBy(script("runs"), "mpirun", false);
  expect(first.slice(0, 2)).toEqual(["-n", String(Worker.replicas)]);
  expect(settingsOf(gradloomArgs(first))).toMatchObject({
    out: join(tmpdir(), "runs"),
    name: "it",
    hidden: [1024, 1024],
  });
  expect(gradloomArgs(calledBy(script("runs"), "mpirun", true))).toEqual(["train", "--resume", "runs/it"]);
});

interface MpiJob {
  readonly spec: {
    readonly mpiReplicaSpecs: Readonly<
      Record<
        "Launcher" | "Worker",
        {
          readonly replicas: number;
          readonly template: {
            readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] };
          };
        }
      >
    >;
  };
}
