// An empty project of somebody else with the three packages in it, made without network:
// the unpacked tarballs, and links to the dependencies that the workspace has installed.
import { lstat, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ROOT } from "../docs/snippets.ts";
import { type Packed, pack } from "./packing.ts";

export interface Consumer {
  readonly folder: string;
  readonly packed: readonly Packed[];
  /** Writes a file of the project, and returns its path. */
  write(name: string, text: string): Promise<string>;
  remove(): Promise<void>;
}

export async function emptyProject(): Promise<Omit<Consumer, "packed">> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "gradloom-consumer-")));
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return path;
  };
  await write("package.json", JSON.stringify({ name: "consumer", private: true, type: "module" }));
  return { folder, write, remove: async () => await rm(folder, { recursive: true, force: true }) };
}

export async function consumer(): Promise<Consumer> {
  const project = await emptyProject();
  const modules = join(project.folder, "node_modules");
  const packed = await pack(project.folder, modules);
  for (const { source, manifest } of packed) {
    for (const dependency of Object.keys(manifest.dependencies)) {
      await linkOnce(join(ROOT, source, "node_modules", dependency), join(modules, dependency));
    }
  }
  return { ...project, packed };
}

async function linkOnce(target: string, path: string): Promise<void> {
  try {
    await lstat(path); // there already, as one of the packages or from another of them
  } catch {
    await mkdir(dirname(path), { recursive: true });
    await symlink(await realpath(target), path);
  }
}
