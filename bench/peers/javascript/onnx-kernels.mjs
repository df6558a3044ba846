// onnxruntime-web on one thread: the seconds of single products and softmaxes, each a model of one node.
import * as ort from "onnxruntime-web";
import { answer, best, checkProduct, checkSoftmax, numbers, operands } from "./kernels-task.mjs";
import { modelOf } from "./onnx-model.mjs";

ort.env.wasm.numThreads = 1;
ort.env.logLevel = "error";

async function timed(model, feeds, work, check) {
  const session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
  check((await session.run(feeds)).y.data);
  const seconds = await best(() => session.run(feeds), work);
  await session.release();
  return seconds;
}

const tensor = (data, shape) => new ort.Tensor("float32", data, shape);

async function product(sizes, work) {
  const given = operands(sizes);
  const feeds = { a: tensor(given.a, given.aShape), b: tensor(given.b, given.bShape) };
  const model = modelOf("Gemm", { a: given.aShape, b: given.bShape }, [sizes[0], sizes[2]], {
    transA: Number(given.ta),
    transB: Number(given.tb),
  });
  return await timed(model, feeds, work, (found) => checkProduct(sizes, given, found));
}

async function softmax([r, c], work) {
  const given = numbers(r * c, 3);
  const model = modelOf("Softmax", { x: [r, c] }, [r, c], { axis: -1 });
  return await timed(model, { x: tensor(given, [r, c]) }, work, (found) =>
    checkSoftmax([r, c], given, found),
  );
}

await answer(`onnxruntime-web ${ort.env.versions.web}`, product, softmax);
