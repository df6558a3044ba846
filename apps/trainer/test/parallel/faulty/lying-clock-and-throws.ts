// A worker whose clock lies, so that the cuts move after four steps, and whose second rank then throws before they move again.
import type { Ending } from "../../../src/parallel/control.ts";
import type { RankTask } from "../../../src/parallel/worker.ts";
import { injectFault } from "./inject-fault.ts";
import lying from "./lying-clock.ts";

export default function faulty(task: RankTask): Ending {
  injectFault(
    task,
    () => {
      throw new TypeError("the injected fault");
    },
    { epoch: 1, step: 6 },
  );
  return lying(task);
}
