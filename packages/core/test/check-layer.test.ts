// The gradient check on every layer, and on layers that are wrong in each way it must notice.
import { describe, expect, test } from "vitest";
import {
  Affine,
  checkLayer,
  gradientCheck,
  type Labels,
  type Layer,
  Relu,
  ShapeError,
  Sigmoid,
  SoftmaxWithLoss,
  type Tensor,
  tensor,
  ValueError,
} from "../src/index.ts";
import { f64, ints, waves } from "./arrays.ts";
import { backends } from "./kernels-under-test.ts";

const BOUND = 1e-7;
const inputs = [
  ["one sample", waves([6])],
  ["a batch", waves([5, 6])],
  ["a tensor", waves([5, 2, 3])],
  ["a transposed view", waves([6, 5]).transpose(1, 0)],
] as const;

describe.each(backends)("%s kernels", (_, kernels) => {
  test.each(inputs)("Affine's dx, dW and db are right for %s", (_name, x) => {
    const [W, b] = [waves([6, 4], 1), waves([4], 2)];
    const affine = new Affine(W, b, { kernels });
    const report = checkLayer(affine, x, { params: { W, b }, grads: () => ({ W: affine.dW, b: affine.db }) });
    expect(report.relativeError).toBeLessThanOrEqual(BOUND);
    expect(Object.entries(report.parameters).map(([name, { count }]) => [name, count])).toEqual([
      ["W", 24],
      ["b", 4],
      ["x", x.size],
    ]);
  });

  test.each(inputs)("Relu's and Sigmoid's dx are right for %s", (_name, x) => {
    const relu = checkLayer(new Relu({ kernels }), x);
    expect(relu.relativeError).toBeLessThanOrEqual(BOUND);
    expect(relu.kinks).toBe(x.get(...x.shape.map(() => 0)) === 0 ? 1 : 0); // 0.5·sin(0) lies on the kink
    expect(checkLayer(new Sigmoid({ kernels }), x).relativeError).toBeLessThanOrEqual(BOUND);
  });

  test.each<[string, Tensor, Labels]>([
    [
      "one-hot",
      waves([2, 3]),
      f64([
        [0, 1, 0],
        [0, 0, 1],
      ]),
    ],
    [
      "soft",
      waves([2, 3]),
      f64([
        [0.2, 0.5, 0.3],
        [0.1, 0, 0.9],
      ]),
    ],
    ["integer", waves([2, 3]), ints(2, 0)],
    ["one sample, integer", waves([3]), 1],
    ["one sample, soft", waves([3]), f64([0.2, 0.5, 0.3])],
  ])("SoftmaxWithLoss' dx is right with %s labels", (_name, x, t) => {
    const layer = new SoftmaxWithLoss({ kernels });
    layer.forward(x, t);
    const report = gradientCheck({
      loss: () => layer.forward(x, t),
      params: { x },
      grads: { x: layer.backward() },
    });
    expect(report.relativeError).toBeLessThanOrEqual(BOUND);
  });
});

/** y = x², right unless a test breaks one method. */
class Square implements Layer {
  #x: Tensor = f64([]);

  forward(x: Tensor, out: Tensor = f64Like(x)): Tensor {
    this.#x = x;
    for (let i = 0; i < x.size; i++) out.set(i, x.get(i) * x.get(i));
    return out;
  }

  backward(dout: Tensor, dx: Tensor = f64Like(dout)): Tensor {
    for (let i = 0; i < dx.size; i++) dx.set(i, 2 * this.#x.get(i) * dout.get(i));
    return dx;
  }
}

describe("a user's own layer", () => {
  test("passes when it is right, also from a float32 x", () => {
    expect(checkLayer(new Square(), tensor([1, -2, 3])).relativeError).toBeLessThanOrEqual(BOUND);
  });

  test("with a wrong factor has a relative error near that factor, at the element that differs most", () => {
    const wrong = new (class extends Square {
      override backward(dout: Tensor, dx?: Tensor): Tensor {
        const right = super.backward(dout, dx);
        right.set(2, right.get(2) * 1.5);
        return right;
      }
    })();
    const report = checkLayer(wrong, f64([0.1, 0.2, 30]));
    expect(report.relativeError).toBeGreaterThan(0.3);
    expect(report.parameters.x?.worst).toEqual([2]);
    expect(report.parameters.x?.count).toBe(3);
  });

  test("with a NaN in its gradient cannot pass", () => {
    const wrong = new (class extends Square {
      override backward(dout: Tensor, dx?: Tensor): Tensor {
        const right = super.backward(dout, dx);
        right.set(1, NaN);
        return right;
      }
    })();
    expect(checkLayer(wrong, f64([1, 2, 3])).relativeError).toBeNaN();
  });

  test("that writes to x or to dout is refused, as the book's Relu would be", () => {
    const spoilsX = new (class extends Square {
      override forward(x: Tensor, out?: Tensor): Tensor {
        const y = super.forward(x, out);
        x.set(0, 0);
        return y;
      }
    })();
    const spoilsDout = new (class extends Square {
      override backward(dout: Tensor, dx?: Tensor): Tensor {
        const right = super.backward(dout, dx);
        dout.set(0, 0);
        return right;
      }
    })();
    expect(() => checkLayer(spoilsX, f64([1, 2]))).toThrow(/wrote to x/);
    expect(() => checkLayer(spoilsDout, f64([1, 2]))).toThrow(/wrote to dout/);
  });

  test("that ignores out is refused", () => {
    const ignores = new (class extends Square {
      override forward(x: Tensor): Tensor {
        return super.forward(x);
      }
    })();
    expect(() => checkLayer(ignores, f64([1, 2]))).toThrow(ValueError);
    expect(() => checkLayer(ignores, f64([1, 2]))).toThrow(/in out/);
  });
});

test("elements within h of a kink are named and left out instead of loosening the bound", () => {
  const report = checkLayer(
    new Relu(),
    f64([
      [1, 5e-5],
      [-5e-5, -1],
      [0, 2e-4],
    ]),
  );
  expect(report.parameters.x?.kinks).toEqual([
    [0, 1],
    [1, 0],
    [2, 0],
  ]);
  expect(report.parameters.x?.count).toBe(3);
  expect(report.relativeError).toBeLessThanOrEqual(1e-11);
});

test("a sample compares that many elements, the same ones for the same seed", () => {
  const x = waves([50]);
  const report = checkLayer(new Sigmoid(), x, { sample: 7 });
  expect(report.parameters.x?.count).toBe(7);
  expect(checkLayer(new Sigmoid(), x, { sample: 7 })).toEqual(report);
});

test("a gradient that is missing or has another shape is refused by name", () => {
  const x = f64([1, 2]);
  expect(() => gradientCheck({ loss: () => 0, params: { x }, grads: {} })).toThrow(/no gradient for x/);
  expect(() => gradientCheck({ loss: () => 0, params: { x }, grads: { x: f64([1]) } })).toThrow(ShapeError);
});

function f64Like(x: Tensor): Tensor {
  return f64(Array.from({ length: x.size }, () => 0));
}
