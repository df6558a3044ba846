// A page about a computational graph: the drawing, both passes in words, and what the gradients say.
import { type Expression, type GraphNode, inForwardOrder, runGraph } from "../graph.ts";
import type { Page } from "../page.ts";
import { drawGraph } from "../text/draw-graph.ts";
import { backwardSteps, forwardSteps } from "../text/graph-steps.ts";
import { indented, paragraph } from "../text/paragraph.ts";
import { exactEnough } from "../text/short-number.ts";

export interface GraphPage {
  readonly title: string;
  readonly expression: Expression;
  /** Default 1: the end of the graph is what is asked about. */
  readonly dout?: number;
  /** Lines below the passes. */
  readonly remarks: (end: GraphNode) => readonly string[];
}

const LEGEND =
  "Above an edge: the value on its way forward. Below it: the gradient on its way back, which is how much " +
  "the final result grows when that value grows by 1.";

export function graphPage({ title, expression, dout = 1, remarks }: GraphPage): Page {
  const end = runGraph(expression, dout);
  const lines = [
    title,
    "",
    ...indented(drawGraph(end)),
    "",
    ...paragraph(LEGEND),
    "",
    "Forward: a node computes, and keeps what backward will need.",
    ...indented(forwardSteps(end)),
    "",
    ...paragraph(`Backward begins at ${end.name} with dout = ${exactEnough(dout)}${beyond(end.name, dout)}.`),
    ...indented(backwardSteps(end)),
    "",
    ...remarks(end),
  ];
  return { lines, data: { nodes: inForwardOrder(end).map(plainNode) } };
}

function beyond(name: string, dout: number): string {
  return dout === 1 ? "" : `: whatever comes after it grows ${exactEnough(dout)} times as much as ${name}`;
}

function plainNode({ name, value, gradient, operation }: GraphNode): object {
  if (operation === undefined) return { name, value, gradient };
  const { operator, inputs } = operation;
  return { name, value, gradient, operator, inputs: inputs.map((input) => input.name) };
}
