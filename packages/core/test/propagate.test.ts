// The two passes over a list of layers: the buffers they fill, and that no parameter's gradient is computed on the way.
import { createKernels, type Kernels } from "@gradloom/kernels";
import { expect, test } from "vitest";
import {
  backwardToFirst,
  CallOrderError,
  forward,
  parameterGradients,
  toNestedArray,
  ValueError,
} from "../src/index.ts";
import { f64, waves } from "./arrays.ts";
import { goldenNet, T, X } from "./golden-net.ts";

test("forward fills out, backwardToFirst fills dout, and the gradients are those of the net", () => {
  const net = goldenNet();
  const out = [waves([2, 4]), waves([2, 4]), waves([2, 2])];
  const dout = [waves([2, 4]), waves([2, 4]), waves([2, 2])];
  const scores = forward(net.layers, X, out);
  expect(scores).toBe(out[2]);
  expect(toNestedArray(scores)).toEqual(toNestedArray(net.predict(X)));

  forward(net.layers, X, out);
  net.lastLayer.forward(scores, T);
  net.lastLayer.backward(1, dout[2]);
  backwardToFirst(net.layers, dout);
  expect(() => net.layers.Affine2.dW).toThrow(CallOrderError);

  const grads = { W1: waves([3, 4]), b1: waves([4]), W2: waves([4, 2]), b2: waves([2]) };
  parameterGradients(net.layers, X, out, dout, grads);
  const expected = goldenNet().gradient(X, T);
  for (const name of ["W1", "b1", "W2", "b2"] as const) {
    expect(toNestedArray(grads[name])).toEqual(toNestedArray(expected[name]));
  }
});

test("the passes equal the layers' own forward and backward, one after the other", () => {
  const net = goldenNet({ activation: "sigmoid" });
  const { Affine1, Sigmoid1, Affine2 } = net.layers;
  net.lastLayer.forward(Affine2.forward((Sigmoid1 ?? Affine1).forward(Affine1.forward(X))), T);
  Affine1.backward((Sigmoid1 ?? Affine1).backward(Affine2.backward(net.lastLayer.backward())));
  const expected = [Affine1.dW, Affine1.db, Affine2.dW, Affine2.db].map(toNestedArray);
  const { W1, b1, W2, b2 } = net.gradient(X, T);
  expect([W1, b1, W2, b2].map(toNestedArray)).toEqual(expected);
});

test("an Affine and the Relu behind it are one pass, and keep what two would have kept", () => {
  const calls: string[] = [];
  const plain = createKernels();
  const kernels: Kernels = {
    ...plain,
    relu(x, out) {
      calls.push("relu");
      return plain.relu(x, out);
    },
  };
  const [joined, apart] = [goldenNet({ kernels }), goldenNet({ kernels })];
  const scores = forward(joined.layers, X);
  expect(calls).toEqual([]);
  const { Affine1, Relu1, Affine2 } = apart.layers;
  if (Relu1 === undefined) throw new Error("the golden net has a Relu");
  expect(toNestedArray(scores)).toEqual(toNestedArray(Affine2.forward(Relu1.forward(Affine1.forward(X)))));
  expect(calls).toEqual(["relu"]);
  expect(joined.layers.Relu1?.mask).toEqual(Relu1.mask);
  expect(joined.layers.Affine1.x).toBe(X);
});

test("a missing buffer is named", () => {
  const net = goldenNet();
  forward(net.layers, X);
  expect(() => backwardToFirst(net.layers, [f64([[0]])])).toThrow(ValueError);
  expect(() => backwardToFirst(net.layers, [f64([[0]])])).toThrow(/dout\[2\] is missing/);
});
