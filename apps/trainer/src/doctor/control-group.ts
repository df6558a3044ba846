// The CPU limit of a container: the quota of this process's control group, version 2 or 1.
// https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max), /scheduler/sched-bwc.html (cpu.cfs_quota_us)
import { readFileSync } from "node:fs";

const ROOT = "/sys/fs/cgroup";

/** The text of a file; undefined when it cannot be read. */
export type ReadText = (path: string) => string | undefined;

/** Cores' worth of CPU time, such as 1.5; null where there is no limit, or no control group. */
export function cpuQuota(read: ReadText = readText): number | null {
  const groups = (read("/proc/self/cgroup") ?? "").split("\n").map((line) => line.split(":"));
  const unified = groups.find(([id]) => id === "0")?.[2] ?? "/";
  const cpu = groups.find(([, controllers]) => controllers?.split(",").includes("cpu"))?.[2] ?? "/";
  const limits = [
    ...foldersUpFrom(unified).map((folder) => quotaOf(read(`${ROOT}${folder}cpu.max`)?.split(/\s+/))),
    ...foldersUpFrom(cpu).map((folder) =>
      quotaOf([
        read(`${ROOT}/cpu${folder}cpu.cfs_quota_us`)?.trim(),
        read(`${ROOT}/cpu${folder}cpu.cfs_period_us`)?.trim(),
      ]),
    ),
  ].filter((limit) => limit !== undefined);
  return limits.length === 0 ? null : Math.min(...limits);
}

/** "/a/b" → "/a/b/", "/a/", "/": every group above sets a limit too, and inside a container only "/" can be seen. */
function foldersUpFrom(group: string): readonly string[] {
  const names = group.split("/").filter((name) => name !== "" && name !== "..");
  return Array.from({ length: names.length + 1 }, (_, i) =>
    ["", ...names.slice(0, names.length - i), ""].join("/"),
  );
}

/** "max" and -1 mean no limit. */
function quotaOf(numbers: readonly (string | undefined)[] | undefined): number | undefined {
  const [quota, period] = (numbers ?? []).map(Number);
  return quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
