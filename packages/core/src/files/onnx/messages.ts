// The messages of an ONNX file that a net needs; field numbers are those of onnx.proto.
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import type { Dtype, Tensor } from "@gradloom/kernels";
import { copyOf } from "../../tensors/copies.ts";
import { bytesField, message, textField, wholeField } from "./protobuf.ts";

/** TensorProto.DataType. */
const ELEMENT_TYPE: Readonly<Record<Dtype, number>> = { float32: 1, float64: 11 };
/** AttributeProto.AttributeType. */
const INT = 2;

/** NodeProto: outputs ← opType(inputs). */
export function node(
  opType: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number>> = {},
): Uint8Array {
  return message(
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, `${opType}:${output}`), // the node's own name
    textField(4, opType),
    ...Object.entries(attributes).map(([name, value]) =>
      bytesField(5, message(textField(1, name), wholeField(3, value), wholeField(20, INT))),
    ),
  );
}

/** TensorProto: a constant, as little-endian bytes row by row. */
export function constant(name: string, value: Tensor): Uint8Array {
  const { data, shape } = copyOf(value);
  return message(
    ...shape.map((axis) => wholeField(1, axis)),
    wholeField(2, ELEMENT_TYPE[data instanceof Float64Array ? "float64" : "float32"]),
    textField(8, name),
    bytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
}

/** ValueInfoProto of a batch (N, width), with N left open. */
export function batch(name: string, dtype: Dtype, width: number): Uint8Array {
  const open = message(textField(2, "N"));
  const fixed = message(wholeField(1, width));
  const shape = message(bytesField(1, open), bytesField(1, fixed));
  const tensorType = message(wholeField(1, ELEMENT_TYPE[dtype]), bytesField(2, shape));
  return message(textField(1, name), bytesField(2, message(bytesField(1, tensorType))));
}

/** GraphProto. Nodes come in an order in which every input is there already. */
export function graph(
  name: string,
  nodes: readonly Uint8Array[],
  constants: readonly Uint8Array[],
  inputs: readonly Uint8Array[],
  outputs: readonly Uint8Array[],
): Uint8Array {
  return message(
    ...nodes.map((bytes) => bytesField(1, bytes)),
    textField(2, name),
    ...constants.map((bytes) => bytesField(5, bytes)),
    ...inputs.map((bytes) => bytesField(11, bytes)),
    ...outputs.map((bytes) => bytesField(12, bytes)),
  );
}

/** ModelProto: one graph in one version of the standard operators. */
export function model(
  irVersion: number,
  opset: number,
  graphBytes: Uint8Array,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const standardOperators = message(textField(1, ""), wholeField(2, opset));
  return message(
    wholeField(1, irVersion),
    textField(2, "gradloom"), // producer
    bytesField(7, graphBytes),
    bytesField(8, standardOperators),
    ...Object.entries(metadata).map(([key, value]) =>
      bytesField(14, message(textField(1, key), textField(2, value))),
    ),
  );
}
