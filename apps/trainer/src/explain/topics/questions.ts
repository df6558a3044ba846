// Two questions that readers of the chapter ask: what is dout, and why does forward come before backward?
import { MulLayer } from "@gradloom/core";
import { runGraph } from "../graph.ts";
import type { Page } from "../page.ts";
import { drawGraph } from "../text/draw-graph.ts";
import { indented, paragraph } from "../text/paragraph.ts";
import { exactEnough } from "../text/short-number.ts";

/** What is dout? */
export function doutPage(): Page {
  const total = (x: number) =>
    runGraph({
      name: "loss",
      operator: "×",
      of: [
        {
          name: "y",
          operator: "+",
          of: [
            { name: "x", value: x },
            { name: "b", value: 1 },
          ],
        },
        { name: "w", value: 4 },
      ],
    });
  const [at2, above] = [total(2), total(2.01)];
  const y = at2.operation?.inputs[0];
  const dout = y?.gradient ?? 0;
  const [before, after] = [exactEnough(at2.value), exactEnough(above.value)];
  const lines = [
    "What is dout?",
    "",
    ...paragraph(
      "dout is what a layer's backward is given: the derivative of the final loss with respect to the layer's OUTPUT. " +
        "In words: by how much the loss grows when this output grows by 1. It has the output's shape, one number for " +
        "each element. Some call it the upstream gradient.",
    ),
    "",
    ...indented(drawGraph(at2)),
    "",
    ...paragraph(
      `For the addition, whose output is y, dout is ${exactEnough(dout)}: the number below the edge that leaves it. ` +
        `Try it: make x, and so y, larger by 0.01, and the loss goes from ${before} to ${after}: ` +
        `${exactEnough(above.value - at2.value)} more, which is dout · 0.01.`,
    ),
    "",
    "Where it comes from, and where it goes:",
    "  loss          dout = 1: the loss grows with itself one to one. Here it begins.",
    "  each layer    dx = dout · (the layer's own slope). This is the chain rule.",
    "  layer before  gets that dx as its dout, because its output is this layer's x.",
    "",
    ...paragraph(
      "So a layer needs to know nothing of the rest of the net: dout is all that the rest has to say to it. What is " +
        "learned from it are the gradients of the parameters, dW = xᵀ·dout and db = Σ dout in Affine.",
    ),
    "",
    "See also: gradloom explain affine, gradloom explain order",
  ];
  return { lines, data: { x: 2, y: y?.value, loss: at2.value, dout, lossAtX: { "2.01": above.value } } };
}

/** Why does forward come before backward? */
export function orderPage(): Page {
  const mul = new MulLayer();
  const tooEarly = messageOf(() => mul.backward(1));
  const slopeAfter = (x: number, y: number) => {
    mul.forward(x, y);
    return mul.backward(1);
  };
  const [first, second] = [slopeAfter(3, 5), slopeAfter(3, 7)];
  const lines = [
    "Why does forward come before backward?",
    "",
    ...paragraph(
      "Because the slope depends on where you stand. Backward multiplies dout by the layer's own slope at the values " +
        "that went through, and forward is what carries those values there and keeps them.",
    ),
    "",
    "    mul.forward(3, 5)  keeps x = 3, y = 5",
    `    mul.backward(1)    dx = 1 · y = ${first[0]},  dy = 1 · x = ${first[1]}`,
    "    mul.forward(3, 7)  keeps x = 3, y = 7",
    `    mul.backward(1)    dx = 1 · y = ${second[0]},  dy = 1 · x = ${second[1]}: the slopes moved`,
    "",
    "What each layer keeps on its way forward:",
    "    MulLayer         x and y      each is the other's slope",
    "    AddLayer         nothing      its slope is 1 everywhere",
    "    Relu             its mask     slope 1 where x > 0, else 0",
    "    Sigmoid          y            slope y·(1 − y)",
    "    Affine           x            dW = xᵀ·dout (W and b it has anyway)",
    "    SoftmaxWithLoss  y and t      dx = (y − t)/N",
    "",
    "Called too early, a layer says so instead of computing with something stale:",
    ...indented(paragraph(tooEarly)),
    "",
    ...paragraph(
      "And why not the other way round, from the inputs to the loss, once for each weight? That works, and is how " +
        "gradloom gradcheck judges the result: but it takes two forward passes for every single weight. Backward " +
        "gives the gradients of all of them for about the price of two forward passes.",
    ),
    "",
    "See also: gradloom explain dout, gradloom explain mul",
  ];
  return { lines, data: { tooEarly, slopes: { "3·5": first, "3·7": second } } };
}

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  return "";
}
