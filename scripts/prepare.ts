// Runs turbo's tasks before a command, and is heard only where something takes long or fails: on stderr, stdout is the command's.
//
// node scripts/prepare.ts build typecheck --filter=gradloom
import { spawn } from "node:child_process";

const turbo = spawn("turbo", ["run", ...process.argv.slice(2), "--output-logs=errors-only"], {
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
  stdio: ["ignore", "pipe", "pipe"],
  // There the program is a script of its shell.
  shell: process.platform === "win32",
});
const heard: Buffer[] = [];
for (const stream of [turbo.stdout, turbo.stderr]) stream.on("data", (chunk: Buffer) => heard.push(chunk));
const tell = setTimeout(() => process.stderr.write("Building; the first time takes half a minute.\n"), 1000);

turbo.on("error", (error) => {
  clearTimeout(tell);
  process.stderr.write(`turbo cannot be started: ${error.message}. Install first: npx pnpm@12 install\n`);
  process.exitCode = 1;
});
turbo.on("close", (code) => {
  clearTimeout(tell);
  if (code === 0) return;
  process.stderr.write(Buffer.concat(heard));
  process.exitCode = code ?? 1;
});
