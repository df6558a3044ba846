// A section of the page: its heading can be linked to, and names it for those who listen.
import { html, type Markup } from "../markup.ts";

export interface Section {
  /** Unique on the page; the address after `#`. */
  readonly id: string;
  readonly title: string;
  readonly body: Markup;
}

export function section({ id, title, body }: Section): Markup {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${body}</section>
`;
}

/** A table that scrolls in its own box where the page is too narrow; the keyboard can scroll it, too. */
export function scrollBox(label: string, table: Markup): Markup {
  return html`<div class="scroll" role="region" aria-label="${label}: table" tabindex="0">${table}</div>
`;
}
