// A histogram with counts on a logarithmic scale: the rare large values are what one looks for.
import { html, type Markup } from "../markup.ts";
import type { Histogram } from "../report.ts";
import { axisFor, placeOn } from "./axis.ts";
import { figure } from "./figure.ts";
import { compact, percent, place, significant, tickText } from "./numbers.ts";

export interface HistogramChart {
  readonly id: string;
  readonly title: string;
  readonly histogram: Histogram;
  /** Colour: 0 or 1. */
  readonly style: number;
}

const WIDTH = 300;
const HEIGHT = 150;
const PLOT = { left: 40, right: 288, top: 12, bottom: 122 } as const;

export function histogramChart({ id, title, histogram, style }: HistogramChart): Markup {
  const { from, to, counts } = histogram;
  const x = axisFor([from, to], { ticks: 3 });
  const decades = Math.max(1, decadesOf(Math.max(...counts)));
  const height = (count: number): number =>
    // One value is a bar of its own, not nothing: the axis begins below 1.
    count === 0 ? 0 : ((Math.log10(count) + 0.25) / (decades + 0.25)) * (PLOT.bottom - PLOT.top);
  const width = (to - from) / counts.length;
  const bars = counts.flatMap((count, i) => {
    if (count === 0) return [];
    const left = placeOn(x, from + i * width, PLOT.left, PLOT.right);
    const right = placeOn(x, from + (i + 1) * width, PLOT.left, PLOT.right);
    return [
      `M${place(left)} ${PLOT.bottom}V${place(PLOT.bottom - height(count))}H${place(right - 0.5)}V${PLOT.bottom}Z`,
    ];
  });
  const drawing = html`${rows(decades, height)}<path class="bars s${style}" d="${bars.join("")}"/><path class="axis" d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}"/>${x.ticks.map(
    (tick) => {
      const at = place(placeOn(x, tick, PLOT.left, PLOT.right));
      return html`<path class="axis" d="M${at} ${PLOT.bottom}v4"/><text class="tick middle" x="${at}" y="${PLOT.bottom + 18}">${tickText(tick, x)}</text>`;
    },
  )}`;
  return figure({ id, title, finding: findingOf(histogram), width: WIDTH, height: HEIGHT, drawing });
}

function rows(decades: number, height: (count: number) => number): Markup[] {
  const every = Math.ceil((decades + 1) / 4);
  return Array.from({ length: decades + 1 }, (_, k) => k)
    .filter((k) => k % every === 0)
    .map((k) => {
      const count = Number(`1e${k}`);
      const y = PLOT.bottom - height(count);
      return html`<path class="grid" d="M${PLOT.left} ${place(y)}H${PLOT.right}"/><text class="tick end" x="${PLOT.left - 6}" y="${place(y + 4)}">${compact(count)}</text>`;
    });
}

/** The smallest k with 10ᵏ ≥ count. */
function decadesOf(count: number): number {
  let k = 0;
  while (Number(`1e${k}`) < count) k += 1;
  return k;
}

function findingOf({ values, mean, deviation, zeros, from, to, counts }: Histogram): string {
  const amount = `${compact(values)} ${values === 1 ? "value" : "values"}`;
  if (counts.length === 1) return `${amount}, all ${significant((from + to) / 2, 3)}.`;
  const spread = `mean ${significant(mean, 2)}, deviation ${significant(deviation, 2)}`;
  return `${amount}: ${spread}${zeros > 0.005 ? `, ${percent(zeros, 0)} exactly 0` : ""}.`;
}
