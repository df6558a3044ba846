// A net as the bytes of a safetensors file.
import { ValueError } from "../errors.ts";
import { copyOf } from "../tensors/copies.ts";
import { layoutNames, type ModelLayout } from "./model-layout.ts";
import { partsOf, type StorableNet } from "./net-parts.ts";
import type { SafetensorsTensor } from "./safetensors/dtypes.ts";
import { writeSafetensors } from "./safetensors/write.ts";

/** Options of saveModel. */
export interface SaveModelOptions {
  /** Default "in_out", the book's W1 b1 W2 b2 …; "out_in" for `load_state_dict` of a PyTorch module with fc1, fc2, …. */
  readonly layout?: ModelLayout;
}

/** Metadata that describes the net itself. */
const OWN_KEYS = ["format", "layout", "activation", "dtype"];

/**
 * The net's parameters, bit for bit, with what is needed to build it again: `metadata` gets `format`, `layout`,
 * `activation` ("relu", or one for each hidden layer: "relu,sigmoid") and `dtype`, and keeps what the caller adds,
 * such as a seed or an accuracy. The same net gives the same bytes.
 * @throws ValueError for layers that no file holds, or metadata of one of the four names above.
 */
export function saveModel(
  net: StorableNet,
  metadata: Readonly<Record<string, string>> = {},
  options: SaveModelOptions = {},
): Uint8Array<ArrayBuffer> {
  const { layout = "in_out" } = options;
  const { affines, activations, dtype } = partsOf(net);
  const taken = Object.keys(metadata).find((key) => OWN_KEYS.includes(key));
  if (taken !== undefined)
    throw new ValueError(`metadata.${taken} is written by saveModel: use another name`);
  const names = layoutNames(layout);
  const tensors = affines.flatMap(({ W, b }, i): [string, SafetensorsTensor][] => {
    const store = (x: typeof W): SafetensorsTensor => {
      const { data, shape } = copyOf(x);
      return data instanceof Float64Array ? { dtype: "F64", shape, data } : { dtype: "F32", shape, data };
    };
    return [
      [names.W(i + 1), store(names.turn(W))],
      [names.b(i + 1), store(b)],
    ];
  });
  const own: [string, string][] = [
    // "pt" is what PyTorch's own tools look for.
    ["format", layout === "in_out" ? "gradloom" : "pt"],
    ["layout", layout],
    ["activation", new Set(activations).size === 1 ? String(activations[0]) : activations.join(",")],
    ["dtype", dtype],
  ];
  return writeSafetensors(tensors, [...own, ...Object.entries(metadata)]);
}
