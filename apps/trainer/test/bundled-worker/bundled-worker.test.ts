// The one file that stands for the workers' sources in tests: the pool loads it, and its stacks lead to the sources.
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { Pool } from "../../src/parallel/pool.ts";
import { MAPPED_WORKER } from "./files.ts";

test("the pool under test starts its threads from it", () => {
  expect(String(Pool.start)).toContain(MAPPED_WORKER.href);
});

test("an error in it names the source's file", async () => {
  // A plan without control words: the barrier finds nothing to count in.
  const code = `import { parentPort } from "node:worker_threads";
    const { default: work } = await import(${JSON.stringify(MAPPED_WORKER.href)});
    try { work({ kind: "meet", rank: 0 }); } catch ({ stack }) { parentPort.postMessage(stack); }`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), {
    workerData: { control: undefined },
  });
  const [stack] = await once(worker, "message");
  await worker.terminate();
  expect(stack).toMatch(/ at Barrier\.wait \(.*\/src\/parallel\/barrier\.ts:\d+:\d+\)/);
});
