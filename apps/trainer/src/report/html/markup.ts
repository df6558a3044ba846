// HTML made of text that is escaped unless this file made it: the only way in which anything gets into a report.

/** A piece of HTML that is known to be whole and safe. Only `html` and `joined` make some. */
export class Markup {
  readonly text: string;

  /** @internal The text is taken as it is. */
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in an `html` template: text and numbers are escaped, lists joined, undefined is nothing. */
export type Child = string | number | Markup | undefined | readonly Child[];

/**
 * html`<b title="${name}">${name}</b>`. Values may stand between tags and inside double quotes, nowhere else:
 * there the escapes below are all that HTML needs.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Markup {
  return new Markup(strings.reduce((all, text, i) => `${all}${textOf(values[i - 1])}${text}`));
}

function textOf(child: Child): string {
  if (child === undefined) return "";
  if (child instanceof Markup) return child.text;
  if (typeof child === "string") return escapeText(child);
  if (typeof child === "number") return String(child);
  return child.map(textOf).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Characters that no name needs and that a page must not have: controls, halves of surrogate pairs, non-characters,
 * and the marks that turn the direction of the text around them.
 */
const UNFIT = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF]/gu;

/** Text for an element or a double-quoted attribute. Line breaks and tabs become spaces. */
export function escapeText(text: string): string {
  return text
    .replace(/[\t\n\r]+/g, " ")
    .replace(UNFIT, "\uFFFD")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** At most `length` characters, with `…` where some were cut; never half a surrogate pair. */
export function shortened(text: string, length: number): string {
  const characters = [...text.slice(0, 2 * length + 2)];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}
