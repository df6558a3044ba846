// A layer's two passes as lines: formulas, then the arrays that they name.
import type { ArrayValues, LayerExplanation, LossExplanation } from "@gradloom/core";
import { arrayLines, shapeOf } from "./array-text.ts";
import { shortNumber } from "./short-number.ts";

/** What goes in, what the layer computes with, what comes out, and what it keeps for the way back. */
export function layerForwardLines(layer: LayerExplanation): readonly string[] {
  const kept = Object.entries(layer.kept);
  const others = kept.filter(([name]) => name !== "x" && name !== "y");
  const names = kept.map(([name]) => name).join(", ");
  return [
    formula(`forward → ${layer.name}`, layer.forward, shapeChange(layer.input, layer.output)),
    ...arrayLines("x", layer.input),
    ...Object.entries(layer.parameters).flatMap(([name, array]) => arrayLines(name, array)),
    ...arrayLines("y", layer.output),
    ...(names === "" ? [] : [`    keeps ${names} for backward`]),
    ...others.flatMap(([name, array]) => arrayLines(name, array)),
  ];
}

/** What came back, and the gradients that the layer makes of it. */
export function layerBackwardLines(layer: LayerExplanation): readonly string[] {
  const [first = "", ...more] = layer.backward;
  return [
    formula(`backward ← ${layer.name}`, first, shapeChange(layer.dout, layer.dx)),
    ...more.map((line) => formula("", line)),
    ...arrayLines("dout", layer.dout),
    ...arrayLines("dx", layer.dx),
    ...Object.entries(layer.gradients).flatMap(([name, array]) => arrayLines(name, array)),
  ];
}

export function lossForwardLines(loss: LossExplanation): readonly string[] {
  const [first = "", ...more] = loss.forward;
  return [
    formula(`forward → ${loss.name}`, first),
    ...more.map((line) => formula("", line)),
    ...arrayLines("x", loss.input),
    ...arrayLines("t", loss.t),
    ...arrayLines("y", loss.y),
    ...(loss.losses.shape.length === 0 ? [] : arrayLines("each", loss.losses)),
    `    loss  number      ${shortNumber(loss.loss)}`,
    "    keeps y, t for backward",
  ];
}

export function lossBackwardLines(loss: LossExplanation): readonly string[] {
  return [
    formula(`backward ← ${loss.name}`, loss.backward.join("; ")),
    `    dout  number      ${loss.dout}   the loss grows with itself one to one: here it begins`,
    ...arrayLines("dx", loss.dx),
  ];
}

const TITLE_WIDTH = 28;

function formula(title: string, text: string, shapes = ""): string {
  const line = `${title.padEnd(TITLE_WIDTH)}${text}`;
  return shapes !== "" && line.length + shapes.length + 3 <= 80 ? `${line}   ${shapes}` : line;
}

function shapeChange(from: ArrayValues, to: ArrayValues): string {
  return `${shapeOf(from)} → ${shapeOf(to)}`;
}
