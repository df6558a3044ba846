// TensorFlow.js on its wasm backend, one thread: the seconds of single products and softmaxes; float32 only.
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { answer, best, checkProduct, checkSoftmax, numbers, operands } from "./kernels-task.mjs";

await tf.setBackend("wasm");
await tf.ready();

async function product(sizes, work) {
  const given = operands(sizes);
  const [a, b] = [tf.tensor2d(given.a, given.aShape), tf.tensor2d(given.b, given.bShape)];
  const call = () => tf.matMul(a, b, given.ta, given.tb);
  checkProduct(sizes, given, call().dataSync());
  const seconds = await best(() => call().dispose(), work);
  tf.dispose([a, b]);
  return seconds;
}

async function softmax([r, c], work) {
  const given = numbers(r * c, 3);
  const x = tf.tensor2d(given, [r, c]);
  checkSoftmax([r, c], given, tf.softmax(x).dataSync());
  const seconds = await best(() => tf.softmax(x).dispose(), work);
  x.dispose();
  return seconds;
}

await answer(`TensorFlow.js ${tf.version_core} wasm`, product, softmax);
