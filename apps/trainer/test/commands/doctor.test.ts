// `gradloom doctor`: what is found on made-up machines, the advice, and the command on this one.
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { adviceFor } from "../../src/doctor/advice.ts";
import { blasLibraries } from "../../src/doctor/blas-libraries.ts";
import { cpuQuota } from "../../src/doctor/control-group.ts";
import type { Cores, Instructions, Machine } from "../../src/doctor/machine.ts";
import { findMpi } from "../../src/doctor/mpi.ts";
import { folderOf } from "../support/data-folder.ts";
import { runCli } from "../support/fake-cli.ts";

describe("the command", () => {
  test("as data tells engine, cores, memory and a speed for each backend, the fused one not the slowest", async () => {
    const { code, stdout, stderr } = await runCli(["doctor", "--json"], { env: { PATH: "" } });
    expect([code, stderr]).toEqual([0, ""]);
    const machine: Machine & { advice: string[] } = JSON.parse(stdout);
    expect(machine.node.version).toBe(process.versions.node);
    expect(machine.cores.available).toBe(availableParallelism());
    expect(machine.instructions).toMatchObject({ simd: true, sharedMemory: true });
    expect(machine.memory.total).toBeGreaterThan(machine.memory.free);
    expect(machine.mpi).toBeNull();
    const speed = Object.fromEntries(machine.speed.map((one) => [one.backend, one.gigaflops]));
    expect(speed.wasm).toBeGreaterThan(3 * (speed.reference ?? Infinity));
    // Either there is a library that the backend computes with, or a reason; never neither.
    expect(machine.blas.usable === null).toBe(machine.blas.reason !== null);
    expect("blas" in speed).toBe(machine.blas.usable !== null);
    expect(Array.isArray(machine.advice)).toBe(true);
  });

  test("for people it is a line for each thing, advice last", async () => {
    const { stdout } = await runCli(["doctor"], { env: {} });
    const names = [...stdout.matchAll(/^(\S+)/gm)].map(([, name]) => name);
    const all = "gradloom Node WebAssembly backend processor cores memory speed BLAS MPI advice".split(" ");
    expect(names).toEqual(all);
    expect(stdout).not.toMatch(/undefined|NaN|null/);
  });
});

describe("control groups", () => {
  const files = (texts: Record<string, string>) => (path: string) => texts[path];

  test.each<[string, Record<string, string>, number | null]>([
    ["none", {}, null],
    ["version 2 without a limit", { "/sys/fs/cgroup/cpu.max": "max 100000\n" }, null],
    ["version 2 in a container", { "/sys/fs/cgroup/cpu.max": "150000 100000\n" }, 1.5],
    [
      "version 2, the strictest of a group and those above it",
      {
        "/proc/self/cgroup": "0::/a/b\n",
        "/sys/fs/cgroup/a/b/cpu.max": "300000 100000",
        "/sys/fs/cgroup/a/cpu.max": "200000 100000",
      },
      2,
    ],
    [
      "version 1",
      {
        "/proc/self/cgroup": "4:cpu,cpuacct:/docker/x\n",
        "/sys/fs/cgroup/cpu/docker/x/cpu.cfs_quota_us": "50000\n",
        "/sys/fs/cgroup/cpu/docker/x/cpu.cfs_period_us": "100000\n",
      },
      0.5,
    ],
    [
      "version 1 without a limit",
      { "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1", "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000" },
      null,
    ],
    ["a file that is not of the format", { "/sys/fs/cgroup/cpu.max": "hello" }, null],
  ])("%s", (_, texts, expected) => {
    expect(cpuQuota(files(texts))).toBe(expected);
  });
});

describe("libraries and launchers", () => {
  test("BLAS is found by file name, one folder deeper by machine type too, and nothing else is taken for it", () => {
    const folder = folderOf({ "libopenblas.txt": new Uint8Array(), "libblis.so.4": new Uint8Array() });
    mkdirSync(join(folder, "aarch64-linux-gnu"));
    writeFileSync(join(folder, "aarch64-linux-gnu", "libopenblas.so.0"), "");
    const mkl = folderOf({ "libmkl_rt.so.2": new Uint8Array(), "libmkl_core.so.2": new Uint8Array() });
    const found = blasLibraries({ LD_LIBRARY_PATH: mkl }, [folder, "/no/such/folder"]);
    expect(found.filter(({ name }) => name !== "Accelerate")).toEqual([
      { name: "OpenBLAS", path: join(folder, "aarch64-linux-gnu", "libopenblas.so.0") },
      { name: "MKL", path: join(mkl, "libmkl_rt.so.2") },
      { name: "BLIS", path: join(folder, "libblis.so.4") },
    ]);
  });

  test("MPI is the first launcher on the PATH, with what it says of itself", async () => {
    const folder = folderOf({});
    const script = join(folder, "mpiexec");
    writeFileSync(script, "#!/bin/sh\necho 'mpiexec (MadeUp MPI) 9.9'\necho more\n");
    chmodSync(script, 0o755);
    expect(await findMpi({ PATH: `/no/such:${folder}` })).toEqual({
      command: script,
      version: "mpiexec (MadeUp MPI) 9.9",
    });
    writeFileSync(script, "#!/bin/sh\nexit 3\n");
    expect(await findMpi({ PATH: folder })).toEqual({ command: script, version: null });
    expect(await findMpi({})).toBeNull();
  });
});

describe("advice", () => {
  interface Changes {
    readonly version?: string;
    readonly instructions?: Partial<Instructions>;
    readonly cores?: Partial<Cores>;
    readonly free?: number;
  }
  const machine = ({
    version = "24.1.0",
    instructions = {},
    cores = {},
    free = 2 ** 33,
  }: Changes): Machine => ({
    gradloom: "1.0.0",
    node: { version, platform: "linux", architecture: "x64" },
    instructions: {
      simd: true,
      relaxedSimd: true,
      sharedMemory: true,
      backend: "wasm-relaxed",
      reason: "the default",
      ...instructions,
    },
    cores: { model: "made up", logical: 8, available: 8, quota: null, load: 0.2, ...cores },
    memory: { total: 2 ** 34, free, limit: null },
    blas: { usable: null, reason: "not installed", found: [] },
    mpi: null,
    speed: [],
  });

  test("a machine that gives all it has needs none", () => {
    expect(adviceFor(machine({}))).toEqual([]);
  });

  test("a native BLAS is advised where training takes it and it is measured faster", () => {
    const speeds = (blas: number): Machine => ({
      ...machine({}),
      speed: [
        { backend: "blas", size: 192, gigaflops: blas },
        { backend: "wasm-relaxed", size: 192, gigaflops: 40 },
      ],
    });
    expect(adviceFor(speeds(80), ["auto", "blas"])).toEqual([
      "The native BLAS multiplies 2.0 times as fast as wasm-relaxed here: --backend blas.",
    ]);
    expect(adviceFor(speeds(44), ["auto", "blas"])).toEqual([]);
    expect(adviceFor(speeds(80), ["auto"])).toEqual([]);
    expect(adviceFor(machine({}), ["auto", "blas"])).toEqual([]);
  });

  test.each<[string, Changes, RegExp]>([
    [
      "an old Node",
      { version: "20.19.0", instructions: { backend: "wasm" } },
      /Node 20\.19\.0 .* Node 22 or newer/,
    ],
    [
      "a slower backend by the environment",
      { instructions: { backend: "wasm" } },
      /GRADLOOM_BACKEND asks for wasm;/,
    ],
    ["no SIMD", { instructions: { simd: false, relaxedSimd: false } }, /no WebAssembly SIMD/],
    ["a quota", { cores: { quota: 2.5 } }, /allows 2\.5 cores' worth of time, but 8 .* --workers 2,/],
    ["an affinity", { cores: { available: 4 } }, /run on 4 of 8 cores/],
    ["busy cores", { cores: { load: 6.04 } }, /kept 6 of 8 cores busy/],
    ["little memory", { free: 2 ** 28 }, /Less than 1 GiB/],
  ])("%s is named with what to do", (_, changes, pattern) => {
    const advice = adviceFor(machine(changes));
    expect(advice).toHaveLength(1);
    expect(advice[0]).toMatch(pattern);
  });
});
