// Text on its ground has a contrast of 4.5 : 1 at least, in every shade, light and dark, as WCAG 2.2 asks (1.4.3).
import { describe, expect, test } from "vitest";
import { COLORS } from "../../src/report/html/page/colors.ts";

/** The variables of one scheme: the first rule is the light one, the one within `dark` the dark one. */
function variables(css: string): Map<string, string> {
  return new Map([...css.matchAll(/--([\w-]+):(#[0-9a-f]{6})/g)].map(([, name, color]) => [name, color]));
}

const [light, rest = ""] = COLORS.split("@media (prefers-color-scheme:dark)");
const [dark] = rest.split("@media print");

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const PAIRS = [
  ...["ink", "muted", "a", "b"].flatMap((text) => [
    [text, "paper"],
    [text, "card"],
  ]),
  ...["r", "w"].flatMap((kind) => [
    ...[1, 2, 3, 4].map((k) => ["ink", `${kind}${k}`]),
    ...[5, 6].map((k) => ["on-strong", `${kind}${k}`]),
  ]),
];

test("black on white is 21 : 1", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
});

describe.each([
  ["light", variables(light)],
  ["dark", variables(dark)],
])("%s", (_, colors) => {
  test.each(PAIRS)("%s on %s", (text, ground) => {
    expect(contrast(colors.get(text) ?? "", colors.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
  });
});
