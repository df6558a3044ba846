// A chart with its title and, in words for everybody, what is to be seen in it: these also are its text alternative.
import { html, type Markup } from "../markup.ts";

export interface Figure {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What the chart shows, in a sentence or two. */
  readonly finding: string;
  readonly width: number;
  readonly height: number;
  readonly drawing: Markup;
}

export function figure({ id, title, finding, width, height, drawing }: Figure): Markup {
  return html`<figure class="chart" id="${id}">
<figcaption><h3 id="${id}-title">${title}</h3><p id="${id}-finding">${finding}</p></figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-finding">${drawing}</svg>
</figure>
`;
}
