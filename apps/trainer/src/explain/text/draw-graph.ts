// Draws a computational graph in characters: values forward above the edges, gradients backward below them.
import type { GraphNode } from "../graph.ts";
import { exactEnough } from "./short-number.ts";

/** Lines of one width; the edge to the next node leaves at the right end of line `exit`. */
interface Block {
  readonly lines: readonly string[];
  readonly exit: number;
}

/** The whole graph, inputs on the left and its end on the right, without spaces at the ends of lines. */
export function drawGraph(end: GraphNode): readonly string[] {
  const { lines, exit } = draw(end, longestInputName(end));
  return lines.map((line, row) => (row === exit ? `${line}▶ ${end.name}` : line).trimEnd());
}

function draw(node: GraphNode, nameWidth: number): Block {
  const [above, below] = [`${exactEnough(node.value)} →`, `← ${exactEnough(node.gradient)}`];
  if (node.operation === undefined) {
    const width = nameWidth + 2 + Math.max(above.length, below.length);
    const room = width - node.name.length;
    return {
      // The space at the end keeps a label and the node's round bracket apart.
      lines: [`${node.name}${above.padStart(room)} `, "─".repeat(width + 1), `${below.padStart(width)} `],
      exit: 1,
    };
  }
  const { operator, inputs } = node.operation;
  const [upper, lower] = sameWidth(draw(inputs[0], nameWidth), draw(inputs[1], nameWidth));
  const first = upper.exit;
  const last = upper.lines.length + lower.exit;
  const exit = Math.floor((first + last) / 2);
  const edge = Math.max(above.length, below.length) + 3;
  const lines = [...upper.lines, ...lower.lines].map((line, row) => {
    const join = joint(row, first, last, exit, operator);
    if (row === exit) return `${line}${join}${"─".repeat(edge)}`;
    const label = row === exit - 1 ? above : row === exit + 1 ? below : "";
    return `${line}${join} ${label.padEnd(edge - 1)}`;
  });
  return { lines, exit };
}

/** The node's column, three characters wide: the corners where edges come in, the node, and the lines between. */
function joint(row: number, first: number, last: number, exit: number, operator: string): string {
  if (row === first) return "─┐ ";
  if (row === last) return "─┘ ";
  if (row === exit) return `(${operator})`;
  return row > first && row < last ? " │ " : "   ";
}

function sameWidth(a: Block, b: Block): readonly [Block, Block] {
  const width = Math.max(...[a, b].map(({ lines }) => lines[0]?.length ?? 0));
  const widen = ({ lines, exit }: Block): Block => ({
    lines: lines.map((line, row) => line.padEnd(width, row === exit ? "─" : " ")),
    exit,
  });
  return [widen(a), widen(b)];
}

function longestInputName({ name, operation }: GraphNode): number {
  return operation === undefined ? name.length : Math.max(...operation.inputs.map(longestInputName));
}
