// A graph's two passes, node by node, each with its formula in numbers.
import { type GraphNode, inForwardOrder } from "../graph.ts";
import { exactEnough } from "./short-number.ts";

/** "cost of apples = apple price × apples = 100 × 2 = 200", in the order of forward. */
export function forwardSteps(end: GraphNode): readonly string[] {
  return inForwardOrder(end).flatMap(({ name, value, operation }) => {
    if (operation === undefined) return [];
    const { operator, inputs } = operation;
    const [names, values] = [
      inputs.map((input) => input.name),
      inputs.map((input) => exactEnough(input.value)),
    ];
    const sum = `${name} = ${names.join(` ${operator} `)} = ${values.join(` ${operator} `)}`;
    return [`${sum} = ${exactEnough(value)}`];
  });
}

/** What each node hands back to its two inputs, from the end to the inputs. */
export function backwardSteps(end: GraphNode): readonly string[] {
  return [...inForwardOrder(end)].reverse().flatMap(({ gradient, operation, name }) => {
    if (operation === undefined) return [];
    const { operator, inputs } = operation;
    const [left, right] = inputs;
    const dout = exactEnough(gradient);
    const handedTo = (to: GraphNode, other: GraphNode): string => {
      const factor = operator === "×" ? exactEnough(other.value) : "1";
      return `     to ${to.name}: dout · ${factor} = ${exactEnough(to.gradient)}`;
    };
    return [`(${operator}) at ${name}: dout = ${dout}`, handedTo(left, right), handedTo(right, left)];
  });
}
