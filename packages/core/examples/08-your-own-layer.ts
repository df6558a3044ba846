// A layer of your own, y = x · sigmoid(x), built from three layers that are there; checked, and broken to see it noticed.
import { AddLayer, checkLayer, type Layer, MulLayer, Sigmoid, type Tensor, tensor } from "@gradloom/core";

class Swish implements Layer {
  readonly sigmoid = new Sigmoid();
  readonly mul = new MulLayer();
  readonly add = new AddLayer();

  forward(x: Tensor, out?: Tensor): Tensor {
    return into(out, this.mul.forward(x, this.sigmoid.forward(x)));
  }

  // x goes two ways to y, so its gradient is the sum of what comes back on both.
  backward(dout: Tensor, dx?: Tensor): Tensor {
    const [straight, dSigmoid] = this.mul.backward(dout);
    return into(dx, this.add.forward(straight, this.sigmoid.backward(dSigmoid)));
  }
}

/** The result, in the caller's array where there is one. */
function into(given: Tensor | undefined, result: Tensor): Tensor {
  given?.data.set(result.data, given.offset);
  return given ?? result;
}

class HalfSwish extends Swish {
  override backward(dout: Tensor, dx?: Tensor): Tensor {
    return into(dx, this.mul.backward(dout)[0]); // the second way forgotten
  }
}

const x = tensor([
  [1, -2, 3],
  [-0.5, 4, 1],
]);
console.log("Swish is right to 1e-7:", checkLayer(new Swish(), x).relativeError < 1e-7);
console.log(
  "HalfSwish is off by",
  checkLayer(new HalfSwish(), x).relativeError.toFixed(2),
  "of its largest entry",
);
