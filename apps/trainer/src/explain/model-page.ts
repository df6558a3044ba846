// A page about a saved model and one sample: every layer on the way to the loss, and on the way back.
import { argmax, explain, softmax, type Tensor } from "@gradloom/core";
import { plainName } from "../evaluate/plain-name.ts";
import type { ModelCard } from "../model/model-card.ts";
import { type Model, sizesOf } from "../model/model-file.ts";
import type { Page } from "./page.ts";
import {
  layerBackwardLines,
  layerForwardLines,
  lossBackwardLines,
  lossForwardLines,
} from "./text/layer-text.ts";
import { indented, paragraph } from "./text/paragraph.ts";
import { pictureLines } from "./text/picture.ts";
import { tableRowLines } from "./text/table-row.ts";

const WIDEST_PICTURE = 78;
const MOST_CLASSES = 3;

/** One row, ready for the net. */
export interface Sample {
  /** (D,), in the net's dtype, standardized and scaled. */
  readonly x: Tensor;
  /** Its class, where it is known. */
  readonly label: number | undefined;
  /** What the page calls it, such as "row 3 of MNIST". */
  readonly name: string;
}

export function modelPage({ net, card }: Model, { x, label, name }: Sample, file: string): Page {
  const scores = net.predict(x);
  const predicted = argmax(scores).data[0] ?? 0;
  const probabilities = Array.from(softmax(scores).data);
  const t = label ?? predicted;
  const { layers, loss } = explain(net, x, t);
  const nameOf = (index: number): string => card.classNames[index] ?? String(index);
  const { inputs, classes } = sizesOf(net);
  const likeliest = probabilities
    .map((probability, index) => ({ name: nameOf(index), probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MOST_CLASSES);
  const shares = likeliest.map((one) => `${plainName(one.name)} ${(100 * one.probability).toFixed(2)} %`);
  const lines = [
    `${file}: ${inputs} inputs, ${layers.map((layer) => layer.name).join(" → ")}, ${classes} classes`,
    `${name}, ${label === undefined ? "without a label" : `labelled ${plainName(nameOf(label))}`}`,
    ...sampleLines(x, card),
    `The model says: ${shares.join(", ")}`,
    ...(label === undefined ? ["Explained as if its own answer were right."] : []),
    "",
    "From the sample to the loss:",
    ...layers.flatMap((layer) => ["", ...layerForwardLines(layer)]),
    "",
    ...lossForwardLines(loss),
    "",
    "And back, from the loss to the sample:",
    "",
    ...lossBackwardLines(loss),
    ...layers.toReversed().flatMap((layer) => ["", ...layerBackwardLines(layer)]),
    "",
    ...paragraph(
      "A step of gradient descent moves every W and b a little against its dW and db; the loss of this sample then " +
        "shrinks. The dx of the first layer is not needed for that: it tells which inputs mattered.",
    ),
  ];
  const answer = { class: nameOf(predicted), probabilities };
  return {
    lines,
    data: {
      model: file,
      sample: name,
      label: label === undefined ? null : nameOf(label),
      answer,
      layers,
      loss,
    },
  };
}

/** What went in, as a picture or as the columns of a table. */
function sampleLines(x: Tensor, card: ModelCard): readonly string[] {
  const values = x.data.subarray(x.offset, x.offset + x.size);
  const { imageShape } = card;
  const lines = imageShape === undefined ? tableRowLines(values, card) : pictureLines(values, imageShape);
  const isTooWide = imageShape !== undefined && imageShape[1] > WIDEST_PICTURE;
  return lines.length === 0 || isTooWide ? [] : ["", ...indented(lines), ""];
}
