// ONNX Runtime, installed by npm beside this file when a test first asks for it: 113 MB that no other test needs.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";

const run = promisify(execFile);
const FOLDER = import.meta.dirname;

type Numbers = Float32Array | Float64Array;

/** What the tests use of onnxruntime-node; written here so that type checking does not need the installation. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(onnx: Uint8Array, options: { readonly logSeverityLevel: number }): Promise<InferenceSession>;
  };
  readonly Tensor: new (type: "float32" | "float64", data: Numbers, dims: readonly number[]) => unknown;
}

export interface InferenceSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    inputs: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, { readonly data: Numbers }>>>;
  release(): Promise<void>;
}

/**
 * Installs the version that package.json pins, unless it is there already, and loads it. Test files must run one after the
 * other: a library that npm is still writing crashes whoever loads it.
 * @throws Error, with npm's own words, when npm cannot install it: without it nothing here can be checked.
 */
export async function installOnnxRuntime(): Promise<OnnxRuntime> {
  // Its install script would only fetch CUDA libraries; the package carries what a CPU needs.
  const flags = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  try {
    await run("npm", ["install", "--prefix", FOLDER, ...flags], {
      cwd: FOLDER,
      env: { ...process.env, NODE_OPTIONS: "" },
    });
  } catch (cause) {
    const { message } = cause as Error;
    throw new Error(
      "ONNX Runtime is not installed, so exported nets were not compared with it. " +
        `npm needs its registry, or onnxruntime-node in its cache, to install ${FOLDER}/package.json:\n${message}`,
      { cause },
    );
  }
  return createRequire(import.meta.url)("onnxruntime-node") as OnnxRuntime;
}
