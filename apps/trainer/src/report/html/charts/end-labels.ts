// Labels at the right end of curves, moved apart where the curves end close together.
import { html, type Markup } from "../markup.ts";
import { place } from "./numbers.ts";

export interface EndLabel {
  /** Which of the chart's series, from 0. */
  readonly style: number;
  readonly lines: readonly string[];
  /** Where the curve ends. */
  readonly y: number;
}

const LINE_HEIGHT = 15;

/** From top to bottom in the order of the curves' ends. */
export function endLabels(
  labels: readonly EndLabel[],
  { x, top, bottom }: { readonly x: number; readonly top: number; readonly bottom: number },
): Markup {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  const heights = sorted.map(({ lines }) => lines.length * LINE_HEIGHT + 4);
  let below = heights.reduce((sum, height) => sum + height, 0);
  let free = top;
  return html`${sorted.map(({ style, lines, y }, i) => {
    const wished = Math.max(free, y - heights[i] / 2);
    const start = Math.min(wished, bottom - below);
    free = start + heights[i];
    below -= heights[i];
    return lines.map(
      (line, k) =>
        html`<text class="label s${style}" x="${place(x)}" y="${place(start + 13 + k * LINE_HEIGHT)}">${line}</text>`,
    );
  })}`;
}
