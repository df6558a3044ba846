// How an exported file is used where it goes: a few lines of Python.
import { Affine, Relu } from "@gradloom/core";
import { type Model, sizesOf } from "../model/model-file.ts";
import type { ExportFormat } from "./export-model.ts";

/** Lines to paste; `file` is the exported file as it was named. */
export function usageLines({ net, card }: Model, format: ExportFormat, file: string): readonly string[] {
  const name = JSON.stringify(file);
  if (format === "onnx") {
    return [
      "import onnxruntime",
      `session = onnxruntime.InferenceSession(${name})`,
      'scores, probabilities = session.run(None, {"x": x})',
    ];
  }
  const activations = net.layers.filter((layer) => !(layer instanceof Affine));
  if (format === "npz") {
    const before = card.standardization === undefined ? 'x * f["scale"]' : '(x - f["mean"]) / f["std"]';
    return [
      "import numpy",
      `f = numpy.load(${name})`,
      `h = ${before}`,
      ...activations.map((layer, i) => {
        const z = `h @ f["W${i + 1}"] + f["b${i + 1}"]`;
        return layer instanceof Relu ? `h = numpy.maximum(${z}, 0)` : `h = 1 / (1 + numpy.exp(-(${z})))`;
      }),
      `scores = h @ f["W${activations.length + 1}"] + f["b${activations.length + 1}"]`,
    ];
  }
  const { inputs, classes } = sizesOf(net);
  return [
    `# a module with layers fc1 … fc${activations.length + 1} of torch.nn.Linear, ${inputs} inputs, ${classes} outputs`,
    "from safetensors.torch import load_file",
    `module.load_state_dict(load_file(${name}))`,
  ];
}
