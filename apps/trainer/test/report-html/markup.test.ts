// Markup: whatever text is put into a template stays text.
import { expect, test } from "vitest";
import { escapeText, html, shortened } from "../../src/report/html/markup.ts";
import { attributesOf, elementsOf, textOf } from "./page-tree.ts";

const HOSTILE = [
  "<script>alert(1)</script>",
  `" onload="alert(1)`,
  "' onload='alert(1)",
  "]]><!--",
  "</title></style></svg>",
  "&lt;b&gt;",
  "javascript:alert(1)",
];

test.each(HOSTILE)("%s is the same text in an element and in an attribute, and makes no element", (text) => {
  const page = html`<!doctype html><body><p title="${text}">${text}</p>`.text;
  const elements = elementsOf(page);
  expect(elements.map(({ tagName }) => tagName)).toEqual(["html", "head", "body", "p"]);
  const paragraph = elements[3];
  expect(attributesOf(paragraph)).toEqual({ title: text });
  expect(textOf(paragraph)).toBe(text);
});

test("markup within markup stays markup, lists are joined, undefined is nothing", () => {
  expect(html`<p>${html`<b>${"&"}</b>`}${[1, undefined, "<"]}</p>`.text).toBe("<p><b>&amp;</b>1&lt;</p>");
});

test("an object that looks like markup is not taken for it", () => {
  const forged: object = { text: "<script>" };
  expect(() => html`${forged as never}`).toThrow();
});

test("controls, halves of surrogates and marks that turn the direction of text are replaced", () => {
  expect(escapeText("a\u0000b\u202Ec\u2067d\uD800e\u007F")).toBe("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD");
  expect(escapeText("a\n\tb")).toBe("a b");
  expect(escapeText("שלום 😀 naïve")).toBe("שלום 😀 naïve");
});

test("a name that is too long is cut between characters", () => {
  expect(shortened("😀😀😀", 3)).toBe("😀😀😀");
  expect(shortened("😀😀😀😀", 3)).toBe("😀😀…");
  expect(shortened("x".repeat(1e6), 5)).toBe("xxxx…");
});
