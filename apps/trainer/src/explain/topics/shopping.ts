// The book's two shopping bags (sections 5.1 and 5.4): apples, and apples with oranges.
import { type Expression, type GraphNode, inForwardOrder, runGraph } from "../graph.ts";
import type { Page } from "../page.ts";
import { paragraph } from "../text/paragraph.ts";
import { exactEnough } from "../text/short-number.ts";
import { graphPage } from "./graph-page.ts";

const cost = (fruit: string, price: number, count: number): Expression => ({
  name: `cost of ${fruit}s`,
  operator: "×",
  of: [
    { name: `${fruit} price`, value: price },
    { name: `${fruit}s`, value: count },
  ],
});

const withTax = (goods: Expression): Expression => ({
  name: "total",
  operator: "×",
  of: [goods, { name: "tax", value: 1.1 }],
});

const APPLES = withTax(cost("apple", 100, 2));
const APPLES_AND_ORANGES = withTax({
  name: "cost of all",
  operator: "+",
  of: [cost("apple", 100, 2), cost("orange", 150, 3)],
});

/** One multiplication after another; then the page of `orangePage`, because the two belong together. */
export function applePage(): Page {
  const apples = bagPage("Two apples at 100 each, and 10 % tax.", APPLES);
  const oranges = orangePage();
  return {
    lines: [...apples.lines, "", "─".repeat(78), "", ...oranges.lines],
    data: { apples: apples.data, "apples and oranges": oranges.data },
  };
}

/** An addition between multiplications. */
export function orangePage(): Page {
  return bagPage("Two apples at 100, three oranges at 150, and 10 % tax.", APPLES_AND_ORANGES);
}

function bagPage(title: string, expression: Expression): Page {
  return graphPage({
    title,
    expression,
    remarks: (end) => [
      "Is that right? Make one number larger by 1, and go forward again:",
      ...inputsOf(end).map((input) => `  ${nudged(expression, input, end)}`),
      "",
      ...paragraph(
        "A product is a straight line in each of its inputs, so the two agree exactly; where a graph bends, they " +
          `agree for a small change. 1.1 has no exact binary form: in float64 the total is ${end.value}.`,
      ),
    ],
  });
}

function inputsOf(end: GraphNode): readonly GraphNode[] {
  return inForwardOrder(end).filter(({ operation }) => operation === undefined);
}

function nudged(expression: Expression, { name, value, gradient }: GraphNode, end: GraphNode): string {
  const after = runGraph(withInput(expression, name, value + 1)).value;
  const change = `${name} ${exactEnough(value)} → ${exactEnough(value + 1)}`;
  const found = `total ${exactEnough(end.value)} → ${exactEnough(after)}`;
  return `${change.padEnd(26)}${found.padEnd(24)}+${exactEnough(after - end.value)}, backward said ${exactEnough(gradient)}`;
}

function withInput(expression: Expression, name: string, value: number): Expression {
  if (!("of" in expression)) return expression.name === name ? { name, value } : expression;
  const [left, right] = expression.of;
  return { ...expression, of: [withInput(left, name, value), withInput(right, name, value)] };
}
