// The head of a report: what was trained, how well it does, and what it took.
import { formatAccuracy, formatCount, formatDuration, formatLoss } from "../../format.ts";
import { html, type Markup, shortened } from "../markup.ts";
import type { Report } from "../report.ts";

export function header({ title, figures, mistakes }: Report): Markup {
  const { testAccuracy, testRows, trainRows, layers, parameters, sha256, bestEpoch } = figures;
  const epochs = `${formatCount(figures.epochs)} ${figures.epochs === 1 ? "epoch" : "epochs"}`;
  const early =
    figures.endedEarly === undefined ? "" : ` It ended before the epochs asked for: ${figures.endedEarly}.`;
  const weights =
    bestEpoch === undefined
      ? ""
      : ` The weights are those of epoch ${bestEpoch}, the best by validation loss.`;
  return html`<header>
<p class="kicker">Gradloom training report</p>
<h1><bdi>${shortened(title, 120)}</bdi></h1>
<p class="lead">A ${layersText(layers)} network of ${formatCount(parameters)} parameters, trained for ${epochs} on ${formatCount(trainRows)} rows and judged by ${formatCount(testRows)} others.${weights}${early}</p>
<dl class="figures">
${card("Test accuracy", formatAccuracy(testAccuracy), wrongText(mistakes.total, testRows), "hero")}
${card("Test loss", formatLoss(figures.testLoss), trainText(figures))}
${card("Training time", formatDuration(figures.seconds), epochs)}
${card("Speed", formatCount(figures.samplesPerSecond), "samples a second")}
${card("Workers", formatCount(figures.workers), `${figures.backend} kernels`)}
${card("SHA-256", html`<strong class="digits">${sha256.slice(0, 8)}</strong>`, "of the weights")}
</dl>
<p class="sha"><span>SHA-256 in full</span> <code>${sha256}</code></p>
</header>
`;
}

function card(name: string, value: string | Markup, note: string, kind = ""): Markup {
  const shown = typeof value === "string" ? html`<strong>${value}</strong>` : value;
  return html`<div class="${`card ${kind}`.trim()}"><dt>${name}</dt><dd>${shown} <span>${note}</span></dd></div>`;
}

/** Deep nets by their ends: the configuration has them whole. */
function layersText(layers: readonly number[]): string {
  const shown = layers.length <= 7 ? layers : [...layers.slice(0, 3), "…", ...layers.slice(-2)];
  return shown.join("-");
}

function wrongText(total: number, rows: number): string {
  return total === 0
    ? `all ${formatCount(rows)} rows right`
    : `${formatCount(total)} of ${formatCount(rows)} rows wrong`;
}

function trainText({ trainLoss, trainAccuracy }: Report["figures"]): string {
  if (trainAccuracy !== undefined) return `training accuracy ${formatAccuracy(trainAccuracy)}`;
  return trainLoss === undefined ? "mean over rows" : `training loss ${formatLoss(trainLoss)}`;
}
