// What each unit of the first layer looks for: its weights as a picture of the samples' size.
import { formatCount } from "../../format.ts";
import { significant } from "../charts/numbers.ts";
import { html, type Markup } from "../markup.ts";
import { ABOVE, BELOW } from "../pictures/diverging.ts";
import type { Report } from "../report.ts";
import { pictureTag } from "./picture-tag.ts";
import { section } from "./section.ts";

export function firstLayer({ firstLayer: layer }: Report): Markup | undefined {
  if (layer === undefined) return undefined;
  const { units, totalUnits, limit } = layer;
  const count =
    units.length < totalUnits
      ? `the first ${units.length} of ${formatCount(totalUnits)}`
      : `all ${totalUnits}`;
  const items = units.map(
    (
      unit,
      i,
    ) => html`<li>${pictureTag(unit, `Weights into unit ${i + 1}`)}<span class="small">${i + 1}</span></li>
`,
  );
  const size = significant(limit, 2);
  return section({
    id: "first-layer",
    title: "First-layer weights",
    body: html`<p class="note">What the units of the first layer look for, ${count}: each picture has one weight for each pixel of a sample. Blue weights raise the unit where the pixel is bright, orange ones lower it.</p>
<p class="legend scale">−${size} <svg viewBox="0 0 160 12" preserveAspectRatio="none" role="img" aria-label="Colours from orange at −${size} over the paper at 0 to blue at ${size}"><defs><linearGradient id="diverging"><stop offset="0" stop-color="${color(BELOW)}"/><stop offset=".5" stop-color="${color(BELOW)}" stop-opacity="0"/><stop offset=".5" stop-color="${color(ABOVE)}" stop-opacity="0"/><stop offset="1" stop-color="${color(ABOVE)}"/></linearGradient></defs><rect width="160" height="12" fill="url(#diverging)"/></svg> ${size}</p>
<ul class="filters">
${items}</ul>
`,
  });
}

function color(rgb: readonly [number, number, number]): string {
  return `rgb(${rgb.join(" ")})`;
}
