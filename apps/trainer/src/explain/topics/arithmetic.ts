// The two smallest layers: multiplication and addition, each as a graph of one node.
import type { Operator } from "../graph.ts";
import type { Page } from "../page.ts";
import { paragraph } from "../text/paragraph.ts";
import { graphPage } from "./graph-page.ts";

export function mulPage(): Page {
  return nodePage(
    "×",
    "MulLayer: z = x·y.   dx = dout·y,   dy = dout·x",
    "The slope of x·y in x is y, and in y it is x: the two change sides. That is why the node keeps both on the " +
      "way forward.",
  );
}

export function addPage(): Page {
  return nodePage(
    "+",
    "AddLayer: z = x + y.   dx = dout,   dy = dout",
    "1 more of either input is 1 more of the sum, so dout is handed on to both sides as it is. An addition is the " +
      "one node that need not keep anything: its slope is 1 wherever it stands.",
  );
}

function nodePage(operator: Operator, title: string, remark: string): Page {
  const of = [
    { name: "x", value: 10 },
    { name: "y", value: 5 },
  ] as const;
  const expression = { name: "z", operator, of } as const;
  return graphPage({ title, expression, dout: 1.3, remarks: () => paragraph(remark) });
}
