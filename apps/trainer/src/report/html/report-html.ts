// A report as one HTML file: everything is in it, and nothing in it runs or loads anything.
import { createHash } from "node:crypto";
import { html, Markup, shortened } from "./markup.ts";
import { COLORS } from "./page/colors.ts";
import { LAYOUT } from "./page/layout.ts";
import type { Report } from "./report.ts";
import { classes } from "./sections/classes.ts";
import { curves } from "./sections/curves.ts";
import { distributions } from "./sections/distributions.ts";
import { firstLayer } from "./sections/first-layer.ts";
import { header } from "./sections/header.ts";
import { mistakes } from "./sections/mistakes.ts";
import { runFacts } from "./sections/run-facts.ts";

const STYLE = `${COLORS}${LAYOUT}`;

/**
 * The file's text, in UTF-8 at most a few MB however large the net or the data. The same report gives the same text.
 * Text that came from data is escaped, controls and direction marks in it replaced; the page's own policy allows
 * the one style sheet by its hash and pictures within the page, and forbids scripts and any request.
 */
export function reportHtml(report: Report): string {
  const sections: readonly (readonly [id: string, name: string, body: Markup | undefined])[] = [
    ["training", "Training", curves(report)],
    ["classes", "Classes", classes(report)],
    ["mistakes", "Mistakes", mistakes(report)],
    ["first-layer", "First layer", firstLayer(report)],
    ["distributions", "Weights and gradients", distributions(report)],
    ["run", "Run", runFacts(report)],
  ];
  const shown = sections.filter(([, , body]) => body !== undefined);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${shortened(report.title, 120)} · Gradloom training report</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
${header(report)}<nav aria-label="Sections"><ul>
${shown.map(
  ([id, name]) => html`<li><a href="#${id}">${name}</a></li>
`,
)}</ul></nav>
<main>
${shown.map(([, , body]) => body)}</main>
<footer><p>Made by Gradloom. This file is complete: it loads nothing and runs nothing.</p></footer>
</body>
</html>
`.text;
}

function policy(): string {
  const hash = createHash("sha256").update(STYLE).digest("base64");
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
}
