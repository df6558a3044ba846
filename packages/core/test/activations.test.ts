// Relu and Sigmoid: golden numbers, the gradient at exactly 0, inputs left alone, buffers of the caller.
import { describe, expect, test } from "vitest";
import { CallOrderError, Relu, Sigmoid, tensor, toNestedArray } from "../src/index.ts";
import { expectClose, f64, unchangedBy } from "./arrays.ts";
import { backends } from "./kernels-under-test.ts";

describe.each(backends)("%s kernels", (_, kernels) => {
  test("Relu lets positive values through, and mask marks the others", () => {
    const relu = new Relu({ kernels });
    expect(
      toNestedArray(
        relu.forward(
          f64([
            [1, -0.5],
            [-2, 3],
          ]),
        ),
      ),
    ).toEqual([
      [1, 0],
      [0, 3],
    ]);
    expect(toNestedArray(relu.mask)).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(
      toNestedArray(
        relu.forward(
          f64([
            [1, 2, -3],
            [2, 3, 4],
          ]),
        ),
      ),
    ).toEqual([
      [1, 2, 0],
      [2, 3, 4],
    ]);
  });

  test("at exactly 0 Relu's gradient is 0, for 0 and -0, as x <= 0 says", () => {
    const relu = new Relu({ kernels });
    relu.forward(f64([0, -0, 1e-300, -1e-300]));
    expect(toNestedArray(relu.mask)).toEqual([1, 1, 0, 1]);
    expect(toNestedArray(relu.backward(f64([5, 6, 7, 8])))).toEqual([0, 0, 7, 0]);
  });

  test("Relu.backward writes into nothing but dx, for any shape and strides", () => {
    const relu = new Relu({ kernels });
    const x = f64([
      [
        [1, -1],
        [2, -2],
        [3, -3],
      ],
      [
        [-4, 4],
        [-5, 5],
        [-6, 6],
      ],
    ]).transpose(2, 0, 1);
    const dout = tensor(
      [
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [
          [7, 8, 9],
          [10, 11, 12],
        ],
      ],
      "float64",
    );
    unchangedBy([x, dout], () => {
      relu.forward(x);
      expect(toNestedArray(relu.backward(dout))).toEqual([
        [
          [1, 2, 3],
          [0, 0, 0],
        ],
        [
          [0, 0, 0],
          [10, 11, 12],
        ],
      ]);
    });
  });

  test("Sigmoid matches NumPy, saturates without overflow, and its slope is y(1 - y)", () => {
    const sigmoid = new Sigmoid({ kernels });
    const out = [
      [0.7310585786300049, 0.3775406687981454],
      [0.11920292202211755, 0.9525741268224334],
    ];
    const slope = [
      [0.19661193324148185, 0.2350037122015945],
      [0.1049935854035065, 0.045176659730912],
    ];
    expectClose(
      sigmoid.forward(
        f64([
          [1, -0.5],
          [-2, 3],
        ]),
      ),
      out,
      2.3e-16,
    );
    expectClose(
      sigmoid.backward(
        f64([
          [1, 1],
          [1, 1],
        ]),
      ),
      slope,
      1e-16,
    );
    expect(toNestedArray(sigmoid.forward(f64([-1000, 1000])))).toEqual([0, 1]);
  });

  test.each([
    ["Relu", Relu],
    ["Sigmoid", Sigmoid],
  ] as const)("%s fills the caller's out and dx and returns them", (_name, Activation) => {
    const layer = new Activation({ kernels });
    const [x, dout] = [tensor([[1, -2, 3]]), tensor([[4, 5, 6]])];
    const [out, dx] = [tensor([[9, 9, 9]]), tensor([[9, 9, 9]])];
    unchangedBy([x, dout], () => {
      const [freshOut, freshDx] = [layer.forward(x), layer.backward(dout)];
      expect(layer.forward(x, out)).toBe(out);
      expect(layer.backward(dout, dx)).toBe(dx);
      expect([out, dx].map(toNestedArray)).toEqual([freshOut, freshDx].map(toNestedArray));
    });
  });
});

test("backward before forward is an error that says so", () => {
  expect(() => new Relu().backward(f64([1]))).toThrow(CallOrderError);
  expect(() => new Sigmoid().backward(f64([1]))).toThrow(/Call forward first/);
});
