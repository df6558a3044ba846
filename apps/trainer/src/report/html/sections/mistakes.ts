// The test rows that the net is most sure about and wrong: a gallery of pictures, or a table.
import { formatCount } from "../../format.ts";
import { percent, significant } from "../charts/numbers.ts";
import { html, type Markup, shortened } from "../markup.ts";
import type { Mistake, Report } from "../report.ts";
import { pictureTag } from "./picture-tag.ts";
import { scrollBox, section } from "./section.ts";

export function mistakes(report: Report): Markup {
  const { total, shown } = report.mistakes;
  const body =
    total === 0
      ? html`<p class="note">The net made no mistake on the test rows.</p>
`
      : html`<p class="note">${leadText(total, shown.length)}</p>
${shown.every(({ picture }) => picture !== undefined) ? gallery(report) : table(report)}`;
  return section({ id: "mistakes", title: "Worst mistakes", body });
}

function leadText(total: number, shown: number): string {
  if (total === 1) return "The net took one test row for another class.";
  const which =
    shown < total ? `the ${shown} of ${formatCount(total)} mistakes` : `all ${formatCount(total)} mistakes`;
  return `Where the net was most sure and wrong: ${which}, the highest probability for the wrong class first.`;
}

function name({ classNames }: Report, k: number): Markup {
  return html`<bdi>${shortened(classNames[k], 40)}</bdi>`;
}

function gallery(report: Report): Markup {
  const items = report.mistakes.shown.map((mistake) => {
    const { row, label, predicted, confidence, picture } = mistake;
    return html`<li>${picture && pictureTag(picture, `Test row ${row}`)}<p><span class="wrong">taken for <b>${name(report, predicted)}</b></span> <span>is <b>${name(report, label)}</b></span> <span class="small">${percent(confidence)} sure</span><span class="small">row ${row}</span></p></li>
`;
  });
  return html`<ul class="gallery">
${items}</ul>
`;
}

function table(report: Report): Markup {
  const { shown, columns, moreColumns } = report.mistakes;
  const rows = shown.map(
    (
      mistake,
    ) => html`<tr><th scope="row">${mistake.row}</th><td class="name">${name(report, mistake.label)}</td><td class="name wrong">${name(report, mistake.predicted)}</td><td>${percent(mistake.confidence)}</td><td>${percent(mistake.labelProbability)}</td>${valueCells(mistake)}</tr>
`,
  );
  const names = columns.map((column) => html`<th scope="col"><bdi>${shortened(column, 40)}</bdi></th>`);
  const more = moreColumns === 0 ? "" : `; ${formatCount(moreColumns)} more columns are not shown`;
  return scrollBox(
    "Worst mistakes",
    html`<table><caption><span>Mistakes with the rows’ values in their own units${more}. Rows count from 0.</span></caption>
<thead><tr><th scope="col">Row</th><th scope="col" class="name">Class</th><th scope="col" class="name">Taken for</th><th scope="col">Its probability</th><th scope="col">Probability of the class</th>${names}</tr></thead>
<tbody>
${rows}</tbody></table>`,
  );
}

function valueCells({ values = [] }: Mistake): Markup[] {
  return values.map((value) => html`<td>${significant(value)}</td>`);
}
