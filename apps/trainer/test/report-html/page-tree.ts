// A report's HTML as a tree, read by a parser that follows the standard and tells every error.
import { type DefaultTreeAdapterMap, parse } from "parse5";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

/** What the standard calls parse errors, by their names. */
export function parseErrors(page: string): string[] {
  const errors: string[] = [];
  parse(page, { onParseError: ({ code, startLine }) => void errors.push(`${code} in line ${startLine}`) });
  return errors;
}

/** Every element of the page, in order. */
export function elementsOf(page: string): Element[] {
  const found: Element[] = [];
  const visit = (node: Node): void => {
    if ("tagName" in node) found.push(node);
    if ("childNodes" in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(page));
  return found;
}

export function attributesOf({ attrs }: Element): Record<string, string> {
  return Object.fromEntries(attrs.map(({ name, value }) => [name, value]));
}

/** The text within an element. */
export function textOf(node: Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

/** All text of a page outside its style sheet. */
export function pageText(page: string): string {
  const [body] = elementsOf(page).filter(({ tagName }) => tagName === "body");
  return textOf(body);
}
