// The confusion matrix as a table of numbers whose cells are shaded by their share of the row.
import { formatCount } from "../../format.ts";
import { html, type Markup, shortened } from "../markup.ts";
import type { Report } from "../report.ts";
import { scrollBox } from "./section.ts";

/** A cell's shade is the number of limits that its share of the row reaches, after the first row at all. */
const RIGHT_LIMITS = [0.5, 0.75, 0.9, 0.95, 0.98];
/** Mistakes are rarer, and each of them tells something. */
const WRONG_LIMITS = [0.005, 0.015, 0.04, 0.1, 0.3];

export function confusionMatrix({ confusion, classNames, perClass }: Report): Markup {
  const size = classNames.length;
  const counts = new Map(confusion.map(({ label, predicted, rows }) => [label * size + predicted, rows]));
  const body = classNames.map((name, label) => {
    const cells = classNames.map((_, predicted) => {
      const rows = counts.get(label * size + predicted) ?? 0;
      return html`<td class="${shade(rows, perClass[label].support, label === predicted)}">${formatCount(rows)}</td>`;
    });
    return html`<tr><th scope="row"><bdi>${shortened(name, 24)}</bdi></th>${cells}</tr>
`;
  });
  const columns = classNames.map(
    (name) => html`<th scope="col"><bdi>${shortened(name, size > 12 ? 10 : 16)}</bdi></th>`,
  );
  const table = html`<table class="${size > 12 ? "matrix many" : "matrix"}"><caption><span>Test rows by their class (down) and the class they were taken for (across)</span></caption>
<thead><tr><td>class ↓<br>taken for →</td>${columns}</tr></thead>
<tbody>
${body}</tbody></table>`;
  return html`<h3>Confusion matrix</h3>
${scrollBox("Confusion matrix", table)}
<p class="legend"><span class="swatch r1"></span><span class="swatch r4"></span><span class="swatch r6"></span> right, by share of the row
<span class="swatch w1"></span><span class="swatch w4"></span><span class="swatch w6"></span> taken for another class</p>
`;
}

function shade(rows: number, support: number, right: boolean): string {
  if (rows === 0) return right ? "right none" : "none";
  const share = rows / support;
  const level = 1 + (right ? RIGHT_LIMITS : WRONG_LIMITS).filter((limit) => share >= limit).length;
  return right ? `right r${level}` : `w${level}`;
}
