// Precision, recall and F1 of each class, with a bar for the eye.

import type { ClassFigures } from "../../../evaluate/class-figures.ts";
import { formatCount } from "../../format.ts";
import { percent, place } from "../charts/numbers.ts";
import { html, type Markup, shortened } from "../markup.ts";
import type { Report } from "../report.ts";
import { scrollBox } from "./section.ts";

/** Of more classes the worst are shown. */
const MOST_CLASSES = 100;

export function classTable({ classNames, perClass }: Report): Markup {
  const all = perClass.map((figures, k) => ({ name: classNames[k], figures }));
  const few = all.length <= MOST_CLASSES;
  const shown = few
    ? all
    : [...all].sort((a, b) => (a.figures.f1 ?? 2) - (b.figures.f1 ?? 2)).slice(0, MOST_CLASSES);
  const rows = shown.map(
    ({
      name,
      figures,
    }) => html`<tr><th scope="row"><bdi>${shortened(name, 80)}</bdi></th>${cells(figures)}</tr>
`,
  );
  const caption = few
    ? "Precision, recall and F1 of each class on the test rows"
    : `The ${MOST_CLASSES} classes with the lowest F1, of ${formatCount(all.length)}`;
  const table = html`<table><caption><span>${caption}</span></caption>
<thead><tr><th scope="col">Class</th><th scope="col">Precision</th><th scope="col">Recall</th><th scope="col">F1</th><td></td><th scope="col">Test rows</th></tr></thead>
<tbody>
${rows}</tbody>
<tfoot><tr><th scope="row">Mean of the classes</th>${cells(meanOf(perClass))}</tr></tfoot></table>`;
  return html`<h3>Each class</h3>
${scrollBox("Figures of each class", table)}
<p class="legend">Precision: of the rows taken for the class, the share that is of it. Recall: of the rows of the class, the share found. F1: their harmonic mean. A dash stands for 0/0, which no mean counts.</p>
`;
}

function cells({ precision, recall, f1, support }: ClassFigures): Markup {
  return html`<td>${shareText(precision)}</td><td>${shareText(recall)}</td><td>${shareText(f1)}</td><td class="bar">${bar(f1 ?? 0)}</td><td>${formatCount(support)}</td>`;
}

function shareText(share: number | undefined): string {
  return share === undefined ? "–" : percent(share);
}

function bar(share: number): Markup {
  return html`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8"/><rect class="bars s0" width="${place(100 * share)}" height="8"/></svg>`;
}

/** Every class counts alike, however many rows it has. */
function meanOf(perClass: readonly ClassFigures[]): ClassFigures {
  const mean = (shares: readonly (number | undefined)[]): number | undefined => {
    const known = shares.filter((share) => share !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, share) => sum + share, 0) / known.length;
  };
  return {
    precision: mean(perClass.map(({ precision }) => precision)),
    recall: mean(perClass.map(({ recall }) => recall)),
    f1: mean(perClass.map(({ f1 }) => f1)),
    support: perClass.reduce((sum, { support }) => sum + support, 0),
  };
}
