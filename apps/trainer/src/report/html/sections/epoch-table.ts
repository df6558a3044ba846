// Every epoch in numbers, folded away: the curves as a table.

import type { EpochRecord } from "../../../training-state.ts";
import { formatAccuracy, formatCount, formatDuration, formatLoss } from "../../format.ts";
import { significant } from "../charts/numbers.ts";
import { html, type Markup } from "../markup.ts";
import type { EpochTiming } from "../report.ts";
import { scrollBox } from "./section.ts";

const MOST_ROWS = 200;

export function epochTable(history: readonly EpochRecord[], timings: readonly EpochTiming[]): Markup {
  const shown = history.length <= MOST_ROWS ? history : history.slice(-MOST_ROWS);
  const timed = new Map(timings.map((timing) => [timing.epoch, timing]));
  const by = history[0]?.judgedBy ?? "test";
  const rows = shown.map((record) => {
    const timing = timed.get(record.epoch);
    return html`<tr><th scope="row">${record.epoch}</th><td>${formatLoss(record.loss)}</td><td>${formatLoss(record.judgedLoss)}</td><td>${formatAccuracy(record.judgedAccuracy)}</td><td>${significant(record.learningRate)}</td><td>${timing && formatDuration(timing.seconds)}</td><td>${timing && formatCount(timing.samplesPerSecond)}</td></tr>
`;
  });
  const which =
    shown === history
      ? "Every epoch that was judged"
      : `The last ${MOST_ROWS} of ${formatCount(history.length)} epochs`;
  const table = html`<table><caption><span>${which} in numbers</span></caption>
<thead><tr><th scope="col">Epoch</th><th scope="col">Training loss</th><th scope="col">${by} loss</th><th scope="col">${by} accuracy</th><th scope="col">Learning rate</th><th scope="col">Time</th><th scope="col">Samples/s</th></tr></thead>
<tbody>
${rows}</tbody></table>`;
  return html`<details><summary>The curves as a table</summary>
${scrollBox("Epochs in numbers", table)}</details>
`;
}
