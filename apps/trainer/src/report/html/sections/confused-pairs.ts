// The pairs of classes that are confused most, for data with too many classes for a matrix.

import type { ConfusionCell } from "../../../evaluate/class-figures.ts";
import { formatCount } from "../../format.ts";
import { percent } from "../charts/numbers.ts";
import { html, type Markup, shortened } from "../markup.ts";
import type { Report } from "../report.ts";
import { scrollBox } from "./section.ts";

const MOST_PAIRS = 30;

/** @param wrong the pairs with the most rows first */
export function confusedPairs(wrong: readonly ConfusionCell[], { classNames, perClass }: Report): Markup {
  const name = (k: number): Markup => html`<bdi>${shortened(classNames[k], 60)}</bdi>`;
  const rows = wrong.slice(0, MOST_PAIRS).map(
    ({ label, predicted, rows }) =>
      html`<tr><th scope="row">${name(label)}</th><td class="name">${name(predicted)}</td><td>${formatCount(rows)}</td><td>${percent(rows / perClass[label].support)}</td></tr>
`,
  );
  const table = html`<table><caption><span>The ${rows.length} pairs of classes confused most, of ${formatCount(wrong.length)}</span></caption>
<thead><tr><th scope="col">Class</th><th scope="col" class="name">Taken for</th><th scope="col">Test rows</th><th scope="col">Share of the class</th></tr></thead>
<tbody>
${rows}</tbody></table>`;
  return html`<h3>Most confused</h3>
${scrollBox("Most confused classes", table)}`;
}
