// Curves over epochs, each labelled where it ends.
import { html, type Markup } from "../markup.ts";
import { type Axis, type AxisOptions, axisFor, placeOn, wholeAxis } from "./axis.ts";
import { endLabels } from "./end-labels.ts";
import { figure } from "./figure.ts";
import { place, tickText } from "./numbers.ts";

export interface Point {
  /** The epoch. */
  readonly x: number;
  readonly y: number;
}

export interface Series {
  /** Such as "training". */
  readonly name: string;
  readonly points: readonly Point[];
  /** A value in words, such as "97.1 %". */
  readonly text: (y: number) => string;
}

export interface LineChart {
  readonly id: string;
  readonly title: string;
  readonly finding: string;
  /** What the y axis counts, such as "samples/s". */
  readonly unit: string;
  readonly axis?: AxisOptions;
  /** One or two, told apart by colour, dashes and marks. */
  readonly series: readonly Series[];
  /** An epoch worth a line of its own. */
  readonly mark?: { readonly x: number; readonly label: string } | undefined;
}

const WIDTH = 460;
const HEIGHT = 250;
/** The plot within the drawing; room for ticks on its left, labels on its right, units above and below. */
const PLOT = { left: 50, right: 372, top: 28, bottom: 212 } as const;
/** More points would be less than a unit apart. */
const MOST_POINTS = 300;
/** Up to here each point gets a mark of its own. */
const MOST_MARKS = 30;

export function lineChart({ id, title, finding, unit, axis, series, mark }: LineChart): Markup {
  const finite = series.map((one) => ({ ...one, points: thinned(one.points.filter(isFinitePoint)) }));
  const points = finite.flatMap((one) => one.points);
  if (points.length === 0) return html``;
  const xs = points.map(({ x }) => x);
  const x = wholeAxis(Math.min(...xs), Math.max(...xs));
  const y = axisFor(
    points.map((point) => point.y),
    axis,
  );
  const at = (point: Point): Place => ({
    x: placeOn(x, point.x, PLOT.left, PLOT.right),
    y: placeOn(y, point.y, PLOT.bottom, PLOT.top),
  });
  const drawing = [
    grid(x, y, unit),
    mark === undefined ? undefined : markLine(at({ x: mark.x, y: y.to }).x, mark.label),
    finite.map((one, i) => curve(one, i, at)),
    endLabels(
      finite.flatMap(({ name, points, text }, i) => {
        const last = points.at(-1);
        return last === undefined ? [] : [{ style: i, lines: [name, text(last.y)], y: at(last).y }];
      }),
      { x: PLOT.right + 10, top: PLOT.top, bottom: PLOT.bottom },
    ),
  ];
  return figure({ id, title, finding, width: WIDTH, height: HEIGHT, drawing: html`${drawing}` });
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function grid(x: Axis, y: Axis, unit: string): Markup {
  const rows = y.ticks.map((tick) => {
    const at = placeOn(y, tick, PLOT.bottom, PLOT.top);
    return html`<path class="${tick === y.from ? "axis" : "grid"}" d="M${PLOT.left} ${place(at)}H${PLOT.right}"/><text class="tick end" x="${PLOT.left - 8}" y="${place(at + 4)}">${tickText(tick, y)}</text>`;
  });
  const columns = x.ticks.map((tick) => {
    const at = place(placeOn(x, tick, PLOT.left, PLOT.right));
    return html`<path class="axis" d="M${at} ${PLOT.bottom}v5"/><text class="tick middle" x="${at}" y="${PLOT.bottom + 20}">${tick}</text>`;
  });
  return html`${rows}${columns}<text class="unit" x="${PLOT.left - 42}" y="13">${unit}</text><text class="unit" x="${PLOT.right + 16}" y="${PLOT.bottom + 20}">epoch</text>`;
}

/** Its label stands above the plot, where no curve comes, and beside the unit. */
function markLine(x: number, label: string): Markup {
  const middle = Math.min(PLOT.right - 30, Math.max(PLOT.left + 130, x));
  return html`<path class="mark" d="M${place(x)} ${PLOT.top - 8}V${PLOT.bottom}"/><text class="middle" x="${place(middle)}" y="13">${label}</text>`;
}

function curve({ name, points, text }: Series, style: number, at: (point: Point) => Place): Markup {
  const path = points.map((point) => `${place(at(point).x)} ${place(at(point).y)}`).join("L");
  const marks = points.length > MOST_MARKS ? [] : points;
  return html`<path class="line s${style}" d="M${path}"/>${marks.map((point) => {
    const { x, y } = at(point);
    const title = html`<title>${name}, epoch ${point.x}: ${text(point.y)}</title>`;
    if (style === 0)
      return html`<circle class="dot s0" cx="${place(x)}" cy="${place(y)}" r="3">${title}</circle>`;
    return html`<rect class="dot s1" x="${place(x - 3)}" y="${place(y - 3)}" width="6" height="6">${title}</rect>`;
  })}`;
}

function isFinitePoint({ x, y }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

/** Evenly chosen, the first and the last among them. */
function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points;
  return Array.from(
    { length: MOST_POINTS },
    (_, i) => points[Math.round((i * (points.length - 1)) / (MOST_POINTS - 1))],
  );
}
