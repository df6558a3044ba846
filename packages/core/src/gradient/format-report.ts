// formatReport: a gradient check as a table to read.
import { placeAt } from "../tensors/shapes.ts";
import type { GradientReport, ParameterReport } from "./report.ts";

const HEAD = ["parameter", "compared", "largest difference", "relative error", "worst at", "kinks"];
/** So many kinks are named; a whole layer of them says no more. */
const NAMED_KINKS = 5;

/**
 * The report as lines of text without a line break at the end: a row for each parameter, the kinks that were left out,
 * and whether every relative error is within the bound. Pure: it prints nothing.
 */
export function formatReport(report: GradientReport, bound = 1e-7): string {
  const parameters = Object.entries(report.parameters);
  const rows = [HEAD, ...parameters.map(([name, parameter]) => row(name, parameter))];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => [...cells[column]].length)));
  const table = rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join("  "),
  );
  return [...table, ...parameters.flatMap(kinkLines), verdict(report, bound)].join("\n");
}

function row(
  name: string,
  { count, maxAbsoluteDifference, relativeError, worst, kinks }: ParameterReport,
): string[] {
  const numbers =
    count === 0 ? ["-", "-", "-"] : [short(maxAbsoluteDifference), short(relativeError), placeAt(worst)];
  return [name, String(count), ...numbers, String(kinks.length)];
}

function kinkLines([name, { kinks }]: [string, ParameterReport]): string[] {
  if (kinks.length === 0) return [];
  const places = kinks.slice(0, NAMED_KINKS).map(placeAt).join(" ");
  const more = kinks.length > NAMED_KINKS ? ` and ${kinks.length - NAMED_KINKS} more` : "";
  return [`left out of ${name}, because ±h crosses a kink: ${places}${more}`];
}

function verdict({ parameters, relativeError }: GradientReport, bound: number): string {
  const all = Object.entries(parameters);
  if (all.every(([, { count }]) => count === 0)) return "Nothing was compared, so nothing is known.";
  // Written so that NaN counts as wrong.
  const wrong = all.filter(([, parameter]) => !(parameter.relativeError <= bound)).map(([name]) => name);
  const size = `the largest relative error is ${short(relativeError)}, the bound ${short(bound)}`;
  return wrong.length === 0 ? `Right: ${size}.` : `Wrong in ${wrong.join(", ")}: ${size}.`;
}

function short(value: number): string {
  return value === 0 || !Number.isFinite(value) ? String(value) : value.toExponential(1);
}
