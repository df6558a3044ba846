// Shapes that do not fit: every message names the operation, both shapes and what would fit.
import ndarray from "ndarray";
import { ShapeError, tensor } from "../../src/index.ts";
import { f, k, table, view, whole } from "./error-table.ts";

table("shapes", [
  [
    () => k.matmul(f(100, 784), f(50, 784)),
    ShapeError,
    "matmul: inner sizes differ: a is 100×784, b is 50×784. Did you mean b.transpose(1, 0)?",
  ],
  [
    () => k.matmul(f(784, 100), f(784, 50)),
    ShapeError,
    "matmul: inner sizes differ: a is 784×100, b is 784×50. Did you mean a.transpose(1, 0)?",
  ],
  [
    () => k.matmul(f(5, 3), f(2, 5)),
    ShapeError,
    "matmul: inner sizes differ: a is 5×3, b is 2×5. Did you mean matmul(b, a)?",
  ],
  [
    () => k.matmul(f(2, 3), f(4)),
    ShapeError,
    "matmul: inner sizes differ: a is 2×3, b is [4]. The last size of a must be the first size of b.",
  ],
  [
    () => k.matmul(f(2, 3, 4), f(4)),
    ShapeError,
    "matmul: takes vectors and matrices (1-D and 2-D), but a is 2×3×4, b is [4].",
  ],
  [
    () => k.matmul(f(2, 3), f()),
    ShapeError,
    "matmul: takes vectors and matrices (1-D and 2-D), but a is 2×3, b is [].",
  ],
  [
    () => k.matmul(f(2, 3), f(3, 4), f(4, 2)),
    ShapeError,
    "matmul: out is 4×2, but must be 2×4, since a is 2×3 and b is 3×4.",
  ],
  [
    () => k.matmul(f(3), f(3), f(1)),
    ShapeError,
    "matmul: out is [1], but must be [], since a is [3] and b is [3].",
  ],
  [
    () => k.relu(f(2, 3), f(3, 2)),
    ShapeError,
    "relu: out is 3×2, but must be 2×3, since that is the shape of x.",
  ],
  [
    () => k.sigmoidBackward(f(2), f(3)),
    ShapeError,
    "sigmoidBackward: dout is [3], but must be [2], since that is the shape of y.",
  ],
  [() => k.axpy(1, f(2), f(3)), ShapeError, "axpy: y is [3], but must be [2], since that is the shape of x."],
  [() => k.softmax(f()), ShapeError, "softmax: x is a single number (0-d); it needs an axis to work along."],
  [
    () => k.logSoftmax(f(2, 3), f(2, 4)),
    ShapeError,
    "logSoftmax: out is 2×4, but must be 2×3, since that is the shape of x.",
  ],
  [
    () => k.addBias(f(2, 3), f(2)),
    ShapeError,
    "addBias: b is [2], but must be [3], since x is 2×3, one bias per column.",
  ],
  [
    () => k.addBias(f(2, 3, 4), f(4)),
    ShapeError,
    "addBias: x is 2×3×4; it takes one row (M) or a batch of rows (N,M).",
  ],
  [() => k.sumRows(f(3)), ShapeError, "sumRows: x is [3]; it takes a batch of rows (N,M)."],
  [
    () => k.sumRows(f(3, 2), f(3)),
    ShapeError,
    "sumRows: out is [3], but must be [2], since x is 3×2, one sum per column.",
  ],
  [
    () => k.gatherRows(f(3), whole(0), f(1, 3)),
    ShapeError,
    "gatherRows: source is [3]; it takes rows (N,D).",
  ],
  [
    () => k.gatherRows(f(3, 2), ndarray(new Int32Array(2), [1, 2]), f(2, 2)),
    ShapeError,
    "gatherRows: rows is 1×2; it takes a vector of row numbers.",
  ],
  [
    () => k.gatherRows(f(3, 2), whole(0, 1), f(3, 2)),
    ShapeError,
    "gatherRows: out is 3×2, but must be 2×2, since rows is [2] and source is 3×2.",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3, 4), whole(0, 1)),
    ShapeError,
    "softmaxCrossEntropy: x is 2×3×4; it takes one row (C) or a batch of rows (N,C).",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 0), whole(0, 1)),
    ShapeError,
    "softmaxCrossEntropy: x is 2×0: there is no class to choose from.",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3), f(2, 4)),
    ShapeError,
    "softmaxCrossEntropy: t is 2×4, but must be 2×3, since x is 2×3, a probability for each entry.",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3), whole(0, 1, 2)),
    ShapeError,
    "softmaxCrossEntropy: t is [3], but must be [2], since x is 2×3, one class number per row.",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3), ndarray(new Int32Array(2), [2, 1])),
    ShapeError,
    "softmaxCrossEntropy: t is 2×1, but must be [2], since x is 2×3, one class number per row.",
  ],
  [
    () => k.softmaxCrossEntropy(f(2, 3), whole(0, 1), { losses: f(3) }),
    ShapeError,
    "softmaxCrossEntropy: losses is [3], but must be [2], since x is 2×3, one loss per row.",
  ],
  [() => k.zeros([2, -1]), ShapeError, "zeros: the shape [2, -1] must be whole numbers from 0 up."],
  [() => k.zeros([1.5]), ShapeError, "zeros: the shape [1.5] must be whole numbers from 0 up."],
  [
    () => tensor([[1, 2], [3]]),
    ShapeError,
    "tensor: the nested arrays are ragged: entry [1] is an array of 1, but the first of its level is an array of 2.",
  ],
  [
    () => tensor([[1], 2]),
    ShapeError,
    "tensor: the nested arrays are ragged: entry [1] is a number, but the first of its level is an array of 1.",
  ],
  [
    () => tensor([1, [2]]),
    ShapeError,
    "tensor: the nested arrays are ragged: entry [1] is an array, but the first of its level is a number.",
  ],
]);

table("views that leave their data", [
  [
    () => k.relu(view(4, [3, 3], [3, 1], 0)),
    ShapeError,
    "relu: x is a view of 3×3 with strides [3, 1] from offset 0, but its data has 4 elements: the view leaves its data. Give ndarray the shape that fits.",
  ],
  [
    () => k.relu(view(9, [3, 3], [3, 1], 1)),
    ShapeError,
    "relu: x is a view of 3×3 with strides [3, 1] from offset 1, but its data has 9 elements: the view leaves its data. Give ndarray the shape that fits.",
  ],
  [
    () => k.relu(view(9, [3], [-1], 1)),
    ShapeError,
    "relu: x is a view of [3] with strides [-1] from offset 1, but its data has 9 elements: the view leaves its data. Give ndarray the shape that fits.",
  ],
  [
    () => k.matmul(f(2, 2), view(9, [2, -2], [1, 1], 0)),
    ShapeError,
    "matmul: b has shape [2, -2] and strides [1, 1]: sizes are whole numbers from 0 up, strides whole numbers.",
  ],
]);
