// Where the user stands: paths are theirs, also when a package manager has walked to the folder of a package.json.
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Environment } from "../report/terminal.ts";

/**
 * The folder that relative paths count from. pnpm and npm run a script in its package's folder and keep the caller's in
 * INIT_CWD; the variable is inherited by whatever the script starts, so it only counts in that very folder.
 */
export function userFolder(cwd: string, env: Environment): string {
  const { INIT_CWD: called, npm_package_json: manifest } = env;
  return called && manifest && dirname(manifest) === cwd ? called : cwd;
}

/** A path of the user's, for this process to open; as it was written where the two stand in one folder. */
export function fromUser(path: string, cwd: string, env: Environment): string {
  const folder = userFolder(cwd, env);
  return folder === process.cwd() || isAbsolute(path) ? path : join(folder, path);
}

/** A path as the user would write it: from where they stand when it is below, else in full. */
export function forUser(path: string, cwd: string, env: Environment): string {
  const near = relative(userFolder(cwd, env), resolve(path));
  return near === "" || near.startsWith("..") || isAbsolute(near) ? resolve(path) : near;
}

/** How the program is started here, for lines to copy: `npx pnpm@12 gradloom`, `npx gradloom` or `gradloom`. */
export function programOf(env: Environment): string {
  if (env.npm_lifecycle_event === "npx") return "npx gradloom";
  return env.npm_package_name === "gradloom-workspace" ? "npx pnpm@12 gradloom" : "gradloom";
}

/** A word of a shell command; quoted where the shell would see more in it than a word. */
export function shellWord(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
