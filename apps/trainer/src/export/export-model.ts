// A saved model as the bytes of another program's file.
import { exportOnnx, type MultiLayerNet, saveModel } from "@gradloom/core";
import type { NpyArray } from "../data/npy/write-npy.ts";
import { npzBytes } from "../data/npy/write-npz.ts";
import { cardMetadata } from "../model/card-metadata.ts";
import type { ModelCard } from "../model/model-card.ts";
import { type Model, sizesOf } from "../model/model-file.ts";

/** A format that `exportModel` writes, by its name on the command line. */
export type ExportFormat = "onnx" | "safetensors-torch" | "npz";

/** What files of a format usually end in. */
export const ENDINGS: Readonly<Record<ExportFormat, string>> = {
  onnx: ".onnx",
  "safetensors-torch": ".torch.safetensors",
  npz: ".npz",
};

/** The bytes of a file in that format, with what is done to the inputs in it. The same model gives the same bytes. */
export function exportModel({ net, card }: Model, format: ExportFormat): Uint8Array {
  if (format === "safetensors-torch") return saveModel(net, cardMetadata(card), { layout: "out_in" });
  if (format === "npz") return npzBytes(arraysOf(net, card));
  const { standardization, scale } = card;
  return exportOnnx(
    net,
    { ...cardMetadata(card), input: inputText({ net, card }) },
    // As readyValues: standardized numbers are not scaled besides.
    { input: standardization === undefined ? { scale } : standardization },
  );
}

/** What "x" of the ONNX file takes, in words. */
export function inputText({ net, card }: Model): string {
  const { inputs } = sizesOf(net);
  if (card.standardization !== undefined) return `(N, ${inputs}) raw values; the file standardizes them`;
  if (card.scale === 1) return `(N, ${inputs}) values as in training`;
  return `(N, ${inputs}) bytes 0 to 255 as ${net.dtype}; the file multiplies them by ${card.scale}`;
}

/** W1 (D, M), b1 (M,), … as in the book, and what is done to x before: mean and std (D,), or scale (a number). */
function arraysOf(net: MultiLayerNet, { standardization, scale }: ModelCard): readonly [string, NpyArray][] {
  const arrays = Object.entries(net.params).map(
    ([name, { data, offset, size, shape }]): [string, NpyArray] => [
      name,
      { shape, data: data.slice(offset, offset + size) },
    ],
  );
  if (standardization === undefined)
    return [...arrays, ["scale", { shape: [], data: Float64Array.of(scale) }]];
  const { mean, std } = standardization;
  return [
    ...arrays,
    ["mean", { shape: [mean.length], data: Float64Array.from(mean) }],
    ["std", { shape: [std.length], data: Float64Array.from(std) }],
  ];
}
