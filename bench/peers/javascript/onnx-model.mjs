// The smallest ONNX model: one node, float32 inputs and output of fixed shapes. Field numbers are those of onnx.proto.

/** A varint: 7 bits a byte, the lowest first; negative numbers as 64 bits. */
function varint(value) {
  const bytes = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

const number = (field, value) => [...varint(field * 8), ...varint(value)];
const bytes = (field, content) => [...varint(field * 8 + 2), ...varint(content.length), ...content];
const string = (field, text) => bytes(field, [...new TextEncoder().encode(text)]);

const [FLOAT, INT] = [1, 2];

function valueInfo(name, shape) {
  const dims = shape.flatMap((size) => bytes(1, number(1, size)));
  const type = [...number(1, FLOAT), ...bytes(2, dims)];
  return [...string(1, name), ...bytes(2, bytes(1, type))];
}

/** `inputs` maps names to shapes; the output is called y; attributes are whole numbers. */
export function modelOf(op, inputs, outputShape, attributes) {
  const node = [
    ...Object.keys(inputs).flatMap((name) => string(1, name)),
    ...string(2, "y"),
    ...string(4, op),
    ...Object.entries(attributes).flatMap(([name, value]) =>
      bytes(5, [...string(1, name), ...number(3, value), ...number(20, INT)]),
    ),
  ];
  const graph = [
    ...bytes(1, node),
    ...string(2, op),
    ...Object.entries(inputs).flatMap(([name, shape]) => bytes(11, valueInfo(name, shape))),
    ...bytes(12, valueInfo("y", outputShape)),
  ];
  const [IR, OPSET] = [8, 13];
  return Uint8Array.from([
    ...number(1, IR),
    ...bytes(7, graph),
    ...bytes(8, [...string(1, ""), ...number(2, OPSET)]),
  ]);
}
