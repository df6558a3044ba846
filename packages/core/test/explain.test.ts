// explain: the golden net number by number, layers of one's own, names, plain data that nothing changes later.
import { describe, expect, test } from "vitest";
import {
  explain,
  type Layer,
  MultiLayerNet,
  ShapeError,
  SoftmaxWithLoss,
  type Tensor,
  tensor,
  toNestedArray,
} from "../src/index.ts";
import { expectClose, f64, ints, unchangedBy } from "./arrays.ts";
import { goldenNet, T, X } from "./golden-net.ts";
import { backends } from "./kernels-under-test.ts";

describe.each(backends)("%s kernels", (_, kernels) => {
  test("every number of the golden net is the one that flows through it", () => {
    const net = goldenNet({ kernels, eps: 1e-7 });
    const { layers, loss } = unchangedBy([X, T, net.parameters], () => explain(net, X, T));
    expect(layers.map(({ name, kind }) => [name, kind])).toEqual([
      ["Affine1", "Affine"],
      ["Relu1", "Relu"],
      ["Affine2", "Affine"],
    ]);
    expect(Math.abs(loss.loss - 0.6293910136984634)).toBeLessThanOrEqual(2.3e-16);
    expectClose(
      f64(loss.input.values),
      [
        [-0.10812365304621431, -0.9871053081154062],
        [0.26174682530525445, -0.13573372919743762],
      ],
      2e-16,
    );
    const grads = net.gradient(X, T);
    expect(layers.map(({ gradients }) => gradients)).toEqual([
      { dW: plain(grads.W1), db: plain(grads.b1) },
      {},
      { dW: plain(grads.W2), db: plain(grads.b2) },
    ]);
    expect(layers[2].parameters).toEqual({ W: plain(net.params.W2), b: plain(net.params.b2) });
  });

  test("each layer's output is the next one's input, and its dx the dout of the one before", () => {
    const net = new MultiLayerNet({
      inputSize: 3,
      hiddenSizes: [5, 4],
      outputSize: 2,
      activation: ["sigmoid", "relu"],
      weightInit: 0.6,
      dtype: "float64",
      kernels,
    });
    const { layers, loss } = explain(net, X, ints(1, 0));
    expect(layers.map(({ name }) => name)).toEqual(["Affine1", "Sigmoid1", "Affine2", "Relu2", "Affine3"]);
    expect(layers[0].input).toEqual(plain(X));
    for (const [i, layer] of layers.entries()) {
      expect(layer.output).toEqual(layers[i + 1]?.input ?? loss.input);
      expect(layer.dout).toEqual(layers[i + 1]?.dx ?? loss.dx);
      expect(layer.dx.shape).toEqual(layer.input.shape);
    }
    expect(layers[1].kept.y).toEqual(layers[1].output);
    const hidden = layers[3].input.values as number[][];
    expect(layers[3].kept.mask.values).toEqual(hidden.map((row) => row.map((value) => (value > 0 ? 0 : 1))));
    expect([loss.t.values, loss.dout]).toEqual([[1, 0], 1]);
  });
});

test("what is explained survives JSON and later passes", () => {
  const net = goldenNet();
  const found = explain(net, X, T);
  const text = JSON.stringify(found);
  expect(JSON.parse(text)).toEqual(found);
  net.gradient(f64([[9, 9, 9]]), ints(1));
  net.parameters.data.fill(0);
  expect(JSON.stringify(found)).toBe(text);
});

test("one sample and a float32 net are explained in their own shapes and numbers", () => {
  const net = goldenNet().astype("float32");
  const x = X.pick(0, null);
  const single = explain(net, tensor(toNestedArray(x)), 0);
  expect(single.layers[0].input.shape).toEqual([3]);
  expect(single.layers[0].gradients.dW.shape).toEqual([3, 4]);
  expect(single.loss.losses.shape).toEqual([]);
  expect(single.loss.losses.values).toBe(single.loss.loss);
});

/** y = 2x. */
class Double implements Layer {
  forward(x: Tensor): Tensor {
    const y = f64(toNestedArray(x));
    for (let i = 0; i < y.size; i++) y.data[i] *= 2;
    return y;
  }

  backward(dout: Tensor): Tensor {
    return this.forward(dout);
  }
}

test("layers of one's own are explained too: by what they tell, or by number", () => {
  class Told extends Double {
    describe(): ReturnType<NonNullable<Layer["describe"]>> {
      return { kind: "Double", forward: "y = 2x", backward: ["dx = 2·dout"], kept: { factor: ints(2) } };
    }
  }
  const layers = [new Double(), new Told(), new Told(), new Double()];
  const { layers: explained } = explain({ layers, lastLayer: new SoftmaxWithLoss() }, X.hi(2, 2), T);
  expect(explained.map(({ name }) => name)).toEqual(["Layer1", "Double1", "Double2", "Layer2"]);
  expect(explained.map(({ forward }) => forward)).toEqual(["y = f(x)", "y = 2x", "y = 2x", "y = f(x)"]);
  expect(explained[1].kept).toEqual({ factor: { shape: [1], values: [2] } });
  expect(explained[3].output.values).toEqual([
    [16, -32],
    [4.8, 12.8],
  ]);
});

test("the loss's formulas are those of its options", () => {
  const formulas = (options: ConstructorParameters<typeof SoftmaxWithLoss>[0]): string => {
    const { loss } = explain({ layers: [new Double()], lastLayer: new SoftmaxWithLoss(options) }, T, T);
    return [...loss.forward, ...loss.backward].join("; ");
  };
  expect(formulas({})).toMatch(/−\(1\/N\).*log\(y_nk\).*\(y − t\) · dout \/ N$/);
  expect(formulas({ eps: 1e-7 })).toContain("log(y_nk + 1e-7)");
  expect(formulas({ classWeights: [1, 2] })).toMatch(/\(1\/S\).*c_k · t_nk.*dout \/ S$/);
});

test("a net without layers is refused", () => {
  expect(() => explain({ layers: [], lastLayer: new SoftmaxWithLoss() }, X, T)).toThrow(ShapeError);
});

function plain(t: Tensor): { shape: number[]; values: unknown } {
  return { shape: [...t.shape], values: toNestedArray(t) };
}
