// From a finished run to the text of its report, in turns with whatever else the process has to do.

import { machineFacts } from "./collect/machine.ts";
import { predictInTurns } from "./collect/predictions.ts";
import { collectReport, type ReportInput } from "./collect.ts";
import { reportHtml } from "./report-html.ts";

/** The page of a run on this machine. @throws the signal's reason, once it is aborted. */
export async function reportPage(
  input: Omit<ReportInput, "machine">,
  signal: AbortSignal | undefined,
): Promise<string> {
  const predictions = await predictInTurns(input.net, input.data.test, signal);
  return reportHtml(collectReport({ ...input, machine: machineFacts() }, predictions));
}
