// Histograms of every parameter and of its gradient, side by side.
import { formatCount } from "../../format.ts";
import { histogramChart } from "../charts/histogram-chart.ts";
import { html, type Markup } from "../markup.ts";
import type { Report } from "../report.ts";
import { section } from "./section.ts";

export function distributions({ distributions: { shown, totalParameters, rows } }: Report): Markup {
  const charts = shown.map(({ parameter, shape, weights, gradients }) => {
    const size = shape.map(formatCount).join(" × ");
    return html`<div class="pair">
${histogramChart({ id: `${parameter}-weights`, title: `${parameter} (${size})`, histogram: weights, style: 0 })}${histogramChart({ id: `${parameter}-gradient`, title: `Gradient of ${parameter}`, histogram: gradients, style: 1 })}</div>
`;
  });
  const cut =
    shown.length < totalParameters
      ? ` Shown are the first ${shown.length} of ${formatCount(totalParameters)} parameters.`
      : "";
  return section({
    id: "distributions",
    title: "Weights and gradients",
    body: html`<p class="note">How the values of each parameter are distributed at the end of the run, and those of its gradient for one batch of ${formatCount(rows)} training rows. Counts are on a logarithmic scale.${cut}</p>
<div class="histograms">
${charts}</div>
`,
  });
}
