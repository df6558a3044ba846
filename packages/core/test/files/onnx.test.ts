// The bytes of an exported net. What ONNX Runtime makes of them: test/onnx-runtime, by `pnpm test:onnx`.
import { describe, expect, test } from "vitest";
import { exportOnnx, type InputStandardization, Sigmoid, TwoLayerNet } from "../../src/index.ts";

describe("an exported net", () => {
  test("is the same bytes each time, and carries metadata", () => {
    const net = new TwoLayerNet(2, 3, 2, { seed: 4 });
    const bytes = exportOnnx(net, { seed: "4", note: "tiefe Netze – 深い" });
    expect(bytes).toEqual(exportOnnx(net, { seed: "4", note: "tiefe Netze – 深い" }));
    expect(new TextDecoder().decode(bytes)).toContain("tiefe Netze – 深い");
    expect(() => exportOnnx(net, { seed: 4 as unknown as string })).toThrow("metadata.seed is 4");
  });

  test("says IR version 8 and opset 13, in the bytes that onnx.proto gives them", () => {
    const bytes = Buffer.from(exportOnnx(new TwoLayerNet(2, 3, 2), { seed: "4" }));
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0x08, 8])); // field 1, ir_version
    expect(bytes.includes(Buffer.from([0x42, 4, 0x0a, 0, 0x10, 13]))).toBe(true); // field 8: domain "", version 13
    const seed = Buffer.from([0x72, 9, 0x0a, 4, ...Buffer.from("seed"), 0x12, 1, 0x34]); // field 14: key, value
    expect(bytes.subarray(-seed.length)).toEqual(seed);
  });

  test("names its steps in their order, and holds its parameters row by row, as little-endian bytes", () => {
    const net = new TwoLayerNet(2, 3, 2, { activation: "sigmoid", weightInitStd: 1, dtype: "float64" });
    const bytes = Buffer.from(exportOnnx(net));
    expect(bytes.toString("latin1")).toMatch(
      /Gemm:affine1.*Sigmoid:sigmoid1.*Gemm:scores.*Softmax:probabilities/s,
    );
    for (const [name, { data: all, offset, size }] of Object.entries(net.params)) {
      const data = all.subarray(offset, offset + size);
      const numbers = Buffer.alloc(8 * data.length);
      for (const [i, value] of data.entries()) numbers.writeDoubleLE(value, 8 * i);
      const named = Buffer.concat([
        Buffer.from([0x42, 2]),
        Buffer.from(name),
        Buffer.from([0x4a, numbers.length]),
      ]);
      expect(bytes.includes(Buffer.concat([named, numbers]))).toBe(true); // field 8: name, field 9: raw_data
    }
  });

  test("standardizes before the first layer, in the order Sub, Div, Mul, and leaves out what is not asked for", () => {
    const net = new TwoLayerNet(2, 3, 2, { dtype: "float64" });
    const steps = (input: InputStandardization): string => {
      const text = Buffer.from(exportOnnx(net, {}, { input })).toString("latin1");
      return (text.match(/(Sub|Div|Mul|Gemm|Relu|Softmax):\w+/g) ?? []).join(" ");
    };
    const rest = "Gemm:affine1 Relu:relu1 Gemm:scores Softmax:probabilities";
    expect(steps({ mean: [1, 2], std: [3, 4], scale: 0.5 })).toBe(
      `Sub:centred Div:standardized Mul:scaled ${rest}`,
    );
    expect(steps({ scale: 1 / 255 })).toBe(`Mul:scaled ${rest}`);
    expect(steps({ scale: 1 })).toBe(rest);
    expect(exportOnnx(net, {}, { input: {} })).toEqual(exportOnnx(net));
  });

  test("refuses a standardization of another width, and numbers that it cannot store", () => {
    const net = new TwoLayerNet(2, 3, 2);
    const refusal = (input: InputStandardization) => () => exportOnnx(net, {}, { input });
    expect(refusal({ mean: [1] })).toThrow("input.mean has 1 values for a net that takes 2");
    expect(refusal({ std: [1, 0] })).toThrow("input.std[1] is 0");
    expect(refusal({ std: [1e-50, 1] })).toThrow("input.std[0] is 1e-50; a finite float32 other than 0");
    expect(refusal({ mean: [Number.NaN, 0] })).toThrow("input.mean[0] is NaN");
    expect(refusal({ scale: 1e39 })).toThrow("input.scale[0] is 1e+39");
    expect(refusal({ mean: [0, 0] })).not.toThrow();
  });

  test("has no file when a layer has no ONNX form", () => {
    expect(() => exportOnnx({ layers: [new Sigmoid()], dtype: "float32" })).toThrow("layers[0]");
  });
});
