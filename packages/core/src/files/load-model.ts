// A net from the bytes of a safetensors file, written by saveModel or by PyTorch.
import { ndarray, type Tensor } from "@gradloom/kernels";
import { DtypeError, ShapeError, ValueError } from "../errors.ts";
import type { KernelsOption } from "../kernels-option.ts";
import type { Activation } from "../nets/activation.ts";
import type { MultiLayerNet } from "../nets/multi-layer-net.ts";
import { assign } from "../tensors/copies.ts";
import { shapeText } from "../tensors/shapes.ts";
import { emptyNet } from "./empty-net.ts";
import { layoutNames, type ModelLayout } from "./model-layout.ts";
import { quoted } from "./safetensors/error.ts";
import { readSafetensors, type SafetensorsFile } from "./safetensors/read.ts";

/** Options of loadModel. */
export interface LoadModelOptions extends KernelsOption {
  /** For a file that does not say it, such as one that PyTorch wrote: one for all, or one for each hidden layer. */
  readonly activation?: Activation | readonly Activation[];
  /** The book's 1e-7 inside the log of the loss. Default 0: exact. */
  readonly eps?: number;
}

/** Room for metadata with statistics of 100,000 inputs, and little enough to read without harm. */
const MAX_MODEL_HEADER = 16_000_000;

/**
 * The net that a file holds, with its parameters bit for bit: a TwoLayerNet for two Affine layers, else a MultiLayerNet.
 * Reads the book's layout and PyTorch's. `readSafetensors` gives the file's metadata.
 * @throws SafetensorsError for bytes that break the format; ValueError, ShapeError or DtypeError for a file that is
 * right but holds no such net, naming the tensor.
 */
export function loadModel(bytes: Uint8Array, options: LoadModelOptions = {}): MultiLayerNet {
  const file = readSafetensors(bytes, { maxHeaderSize: MAX_MODEL_HEADER });
  const layout = layoutOf(file);
  const names = layoutNames(layout);
  const pairs: { readonly W: Tensor; readonly b: Tensor }[] = [];
  for (let k = 1; k === 1 || 2 * k <= file.tensors.size; k++) {
    const W = names.turn(floatTensor(file, names.W(k), 2)); // (D, M)
    const b = floatTensor(file, names.b(k), 1); // (M,)
    requireFit(W, b, pairs.at(-1)?.b, names.W(k));
    pairs.push({ W, b });
  }
  if (file.tensors.size !== 2 * pairs.length) {
    throw new ValueError(
      `the file holds ${file.tensors.size} tensors; weights and a bias for each layer are needed`,
    );
  }
  const [first] = pairs;
  if (pairs.some(({ W, b }) => W.dtype !== first?.W.dtype || b.dtype !== first.W.dtype)) {
    throw new DtypeError("the tensors of the file differ in dtype; a net has one");
  }
  const net = emptyNet(
    [first?.W.shape[0] ?? 0, ...pairs.map(({ b }) => b.size)],
    activationsOf(file, pairs.length - 1, options),
    first?.W.data instanceof Float64Array ? "float64" : "float32",
    options,
  );
  const params: Readonly<Record<string, Tensor>> = net.params;
  for (const [i, pair] of pairs.entries()) {
    for (const [name, value] of Object.entries(pair)) {
      const window = params[`${name}${i + 1}`];
      if (window !== undefined) assign(window, value);
    }
  }
  return net;
}

function layoutOf({ metadata, tensors }: SafetensorsFile): ModelLayout {
  const layout = metadata.get("layout") ?? (tensors.has("fc1.weight") ? "out_in" : "in_out");
  if (layout === "in_out" || layout === "out_in") return layout;
  throw new ValueError(`the file's layout is ${quoted(layout)}; "in_out" or "out_in" is needed`);
}

function floatTensor({ tensors }: SafetensorsFile, name: string, rank: number): Tensor {
  const stored = tensors.get(name);
  if (stored === undefined) {
    const held = quoted([...tensors.keys()]);
    throw new ValueError(`the file holds no tensor ${name}, but ${held}: not a net of Affine layers`);
  }
  if (stored.dtype !== "F32" && stored.dtype !== "F64") {
    throw new DtypeError(`tensor ${name} of the file is ${stored.dtype}; F32 or F64 is needed`);
  }
  if (stored.shape.length !== rank || stored.shape.includes(0)) {
    throw new ShapeError(
      `tensor ${name} of the file has shape ${shapeText(stored.shape)}; ${rank} axes of at least 1 are needed`,
    );
  }
  return ndarray(stored.data, [...stored.shape]);
}

function requireFit(W: Tensor, b: Tensor, before: Tensor | undefined, name: string): void {
  const [D, M] = W.shape;
  if (M !== b.size || (before !== undefined && D !== before.size)) {
    throw new ShapeError(
      `${name} takes ${D} values to ${M}; its bias has ${b.size}, and the layer before it gives ${before?.size ?? D}`,
    );
  }
}

function activationsOf(
  { metadata }: SafetensorsFile,
  count: number,
  options: LoadModelOptions,
): Activation[] {
  if (count === 0) return [];
  const told = options.activation ?? metadata.get("activation")?.split(",");
  if (told === undefined) {
    throw new ValueError('the file does not name its activation: loadModel(bytes, { activation: "relu" })');
  }
  const list: readonly string[] = typeof told === "string" ? [told] : told;
  const all = list.length === 1 ? Array.from({ length: count }, () => list[0]) : list;
  const known = all.filter((name) => name === "relu" || name === "sigmoid");
  if (all.length === count && known.length === count) return known;
  throw new ValueError(`the activations are ${quoted(list)}; ${count} of "relu" or "sigmoid" are needed`);
}
