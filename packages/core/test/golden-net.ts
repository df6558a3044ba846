// The small net of the golden numbers: TwoLayerNet(3, 4, 2) with parameters 0.5·sin(i + k), two samples.
import { TwoLayerNet, type TwoLayerNetOptions } from "../src/index.ts";
import { f64, waves } from "./arrays.ts";

export const X = f64([
  [1, -2, 0.5],
  [0.3, 0.8, -1.2],
]);
export const T = f64([
  [1, 0],
  [0, 1],
]);

export function goldenNet(options: Partial<TwoLayerNetOptions> = {}): TwoLayerNet {
  const net = new TwoLayerNet(3, 4, 2, { dtype: "float64", ...options });
  for (const [k, parameter] of Object.values(net.params).entries()) {
    const values = waves(parameter.shape, k).data;
    for (let i = 0; i < values.length; i++) parameter.data[parameter.offset + i] = values[i] ?? 0;
  }
  return net;
}
