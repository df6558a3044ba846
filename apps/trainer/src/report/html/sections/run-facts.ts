// The run itself: data, configuration and machine.
import { html, type Markup, shortened } from "../markup.ts";
import type { Facts, Report } from "../report.ts";
import { section } from "./section.ts";

const MOST_FACTS = 200;
const MOST_CHARACTERS = 1000;

export function runFacts({ data, configuration, machine }: Report): Markup {
  return section({
    id: "run",
    title: "The run",
    body: html`<div class="facts">
${list("Data", data)}${list("Configuration", configuration)}${list("Machine", machine)}</div>
`,
  });
}

function list(title: string, facts: Facts): Markup {
  const rows = facts.slice(0, MOST_FACTS).map(
    ([name, value]) =>
      html`<div><dt><bdi>${shortened(name, 80)}</bdi></dt><dd><bdi>${shortened(value, MOST_CHARACTERS)}</bdi></dd></div>
`,
  );
  if (rows.length === 0) return html``;
  return html`<div><h3>${title}</h3>
<dl>
${rows}</dl></div>
`;
}
