// A computational graph of additions and multiplications, run forth and back by core's own layers.
import { AddLayer, MulLayer } from "@gradloom/core";

export type Operator = "×" | "+";

/** A number that goes in. */
interface Input {
  readonly name: string;
  readonly value: number;
}

/** A node: two numbers in, one out. */
interface Operation {
  readonly name: string;
  readonly operator: Operator;
  readonly of: readonly [Expression, Expression];
}

/** What to compute. */
export type Expression = Input | Operation;

/** A number of the graph after both passes. */
export interface GraphNode {
  readonly name: string;
  /** What came forward. */
  readonly value: number;
  /** What came backward: by how much the end grows when this value grows by 1. */
  readonly gradient: number;
  /** Absent for a number that goes in. */
  readonly operation?: { readonly operator: Operator; readonly inputs: readonly [GraphNode, GraphNode] };
}

/** Forward from the inputs to the end, then backward with `dout` there. */
export function runGraph(expression: Expression, dout = 1): GraphNode {
  return forward(expression).backward(dout);
}

interface Running {
  readonly value: number;
  readonly backward: (gradient: number) => GraphNode;
}

function forward(expression: Expression): Running {
  if (!("of" in expression)) return { ...expression, backward: (gradient) => ({ ...expression, gradient }) };
  const { name, operator } = expression;
  const left = forward(expression.of[0]);
  const right = forward(expression.of[1]);
  const layer = operator === "×" ? new MulLayer() : new AddLayer();
  const value = layer.forward(left.value, right.value);
  return {
    value,
    backward: (gradient) => {
      const [dLeft, dRight] = layer.backward(gradient);
      const inputs = [left.backward(dLeft), right.backward(dRight)] as const;
      return { name, value, gradient, operation: { operator, inputs } };
    },
  };
}

/** All nodes below this one and itself, in the order of forward: each after its inputs. */
export function inForwardOrder(node: GraphNode): readonly GraphNode[] {
  return [...(node.operation?.inputs.flatMap(inForwardOrder) ?? []), node];
}
