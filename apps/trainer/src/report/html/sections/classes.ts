// How each class fares: which is taken for which, and precision, recall and F1.

import type { ConfusionCell } from "../../../evaluate/class-figures.ts";
import { formatCount } from "../../format.ts";
import { html, type Markup, shortened } from "../markup.ts";
import type { Report } from "../report.ts";
import { classTable } from "./class-table.ts";
import { confusedPairs } from "./confused-pairs.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { section } from "./section.ts";

/** More columns than this could not be read. */
const MOST_MATRIX_CLASSES = 26;

export function classes(report: Report): Markup {
  const { confusion, classNames } = report;
  const wrong = confusion
    .filter(({ label, predicted }) => label !== predicted)
    .sort((a, b) => b.rows - a.rows || a.label - b.label || a.predicted - b.predicted);
  const matrix = classNames.length <= MOST_MATRIX_CLASSES ? confusionMatrix(report) : undefined;
  const pairs = matrix === undefined && wrong.length > 0 ? confusedPairs(wrong, report) : undefined;
  return section({
    id: "classes",
    title: "Classes",
    body: html`<p class="note">${finding(wrong, classNames)}</p>
${matrix}${pairs}${classTable(report)}`,
  });
}

function finding(wrong: readonly ConfusionCell[], names: readonly string[]): Markup {
  const [worst, next] = wrong;
  if (worst === undefined) return html`No test row was taken for another class.`;
  const pair = ({ label, predicted, rows }: ConfusionCell): Markup =>
    html`<bdi>${shortened(names[label], 60)}</bdi> for <bdi>${shortened(names[predicted], 60)}</bdi> (${formatCount(rows)} ${rows === 1 ? "row" : "rows"})`;
  return html`Most often the net takes ${pair(worst)}${next && html`, then ${pair(next)}`}.`;
}
