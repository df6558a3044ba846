// A net as the bytes of an ONNX file, for ONNX Runtime and the other programs that read it.
import { ValueError } from "../../errors.ts";
import { partsOf, type StorableNet } from "../net-parts.ts";
import { isWellFormed } from "../utf8.ts";
import { batch, constant, graph, model, node } from "./messages.ts";
import { type InputStandardization, standardizeInput } from "./standardize-input.ts";

/** What readers of 2021 and later take: onnx 1.10, ONNX Runtime 1.9. */
const IR_VERSION = 8;
/** The first in which Softmax works along one axis, and Gemm, Relu and Sigmoid have the forms used here. */
const OPSET = 13;
/** Protocol Buffers read no longer message. */
const MAX_BYTES = 2 ** 31 - 1;

/** Options of exportOnnx. */
export interface ExportOnnxOptions {
  /** What is done to x before the first layer; default: nothing. */
  readonly input?: InputStandardization;
}

/** What goes between two Affines, by ONNX's name for it. */
const OPERATORS = { relu: "Relu", sigmoid: "Sigmoid" } as const;

/**
 * x (N, D) → [Sub, Div, Mul →] Gemm, Relu or Sigmoid, …, Gemm → "scores" (N, C) → Softmax → "probabilities" (N, C), both of them outputs,
 * in the net's dtype and for any N. Affine is Gemm as it is: x·W + b with W (D, M). `metadata` becomes the file's
 * metadata_props. With `options.input` the file takes raw values and standardizes them itself. The same net gives the
 * same bytes: IR version 8, opset 13.
 * @throws ValueError for a layer that is not Affine, Relu or Sigmoid, for metadata that is not text, for 2 GB and more;
 * ShapeError or ValueError for an input option that does not fit the net, or that divides by 0.
 */
export function exportOnnx(
  net: StorableNet,
  metadata: Readonly<Record<string, string>> = {},
  options: ExportOnnxOptions = {},
): Uint8Array<ArrayBuffer> {
  const { affines, activations, dtype } = partsOf(net);
  requireText(metadata);
  const last = affines.length - 1;
  const inputWidth = affines[0]?.W.shape[0] ?? 0;
  const before = standardizeInput("x", options.input ?? {}, inputWidth, dtype);
  let value = before.output;
  const nodes = affines.flatMap((_, i) => {
    const k = i + 1;
    const affine = i === last ? "scores" : `affine${k}`;
    const gemm = node("Gemm", [value, `W${k}`, `b${k}`], affine); // (N, D)·(D, M) + (M,)
    value = affine;
    const activation = activations[i];
    if (activation === undefined) return [gemm];
    value = `${activation}${k}`;
    return [gemm, node(OPERATORS[activation], [affine], value)];
  });
  const softmax = node("Softmax", ["scores"], "probabilities", { axis: 1 });
  const outputWidth = affines[last]?.b.size ?? 0;
  const bytes = model(
    IR_VERSION,
    OPSET,
    graph(
      "net",
      [...before.nodes, ...nodes, softmax],
      [
        ...before.constants,
        ...affines.flatMap(({ W, b }, i) => [constant(`W${i + 1}`, W), constant(`b${i + 1}`, b)]),
      ],
      [batch("x", dtype, inputWidth)],
      [batch("scores", dtype, outputWidth), batch("probabilities", dtype, outputWidth)],
    ),
    metadata,
  );
  if (bytes.length > MAX_BYTES) {
    throw new ValueError(`the file would take ${bytes.length} bytes, and ONNX files end at ${MAX_BYTES}`);
  }
  return bytes;
}

function requireText(metadata: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value === "string" && isWellFormed(key) && isWellFormed(value)) continue;
    throw new ValueError(`metadata.${key} is ${String(value)}; text is needed`);
  }
}
