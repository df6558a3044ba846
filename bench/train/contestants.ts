// Everybody who can take part: which program, with how many threads, at which work, and how to install what it needs.
import { availableParallelism } from "node:os";

/** What must be importable before a contestant can run. */
export interface Requirement {
  readonly language: "python" | "javascript";
  /** Modules (Python) or packages (JavaScript). */
  readonly modules: readonly string[];
  /** The command that installs them. */
  readonly install: string;
}

export interface Contestant {
  /** Unique: the name in the tables. */
  readonly name: string;
  /** The program, whatever its number of threads; goals compare with the fastest of a family. */
  readonly family: string;
  /** The program's file, relative to bench/. */
  readonly file: string;
  readonly variant: string;
  readonly threads: number;
  readonly works: string;
  /** Undefined for ourselves: we are always there. */
  readonly needs?: Requirement;
}

const CORES = availableParallelism();
const THREADS = [...new Set([1, CORES])];

const NUMPY: Requirement = {
  language: "python",
  modules: ["numpy"],
  install: "apt-get install python3-numpy libopenblas0-pthread",
};
const TORCH: Requirement = {
  language: "python",
  modules: ["numpy", "torch"],
  install: "apt-get install python3-torch libopenblas0-pthread",
};
const SKLEARN: Requirement = {
  language: "python",
  modules: ["numpy", "sklearn"],
  install: "apt-get install python3-sklearn libopenblas0-pthread",
};

function javascript(...modules: string[]): Requirement {
  return { language: "javascript", modules, install: "npm install --prefix bench/peers" };
}

const TFJS_WASM = javascript("@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm");
const TFJS_CPU = javascript("@tensorflow/tfjs");

type Program = Omit<Contestant, "name" | "threads">;

function onThreads(program: Program, threads: readonly number[], unit: string): Contestant[] {
  return threads.map((count) => ({
    ...program,
    threads: count,
    name: `${program.family}, ${count} ${unit}${count === 1 ? "" : "s"}`,
  }));
}

const numpy = (family: string, variant: string): Program => ({
  family,
  variant,
  file: "peers/python/numpy_net.py",
  works: "ABCD",
  needs: NUMPY,
});
const torch = (family: string, file: string): Program => ({
  family,
  file,
  variant: "",
  works: "ABCD",
  needs: TORCH,
});
const tfjs = (family: string, backend: string, variant: string, needs: Requirement): Contestant => ({
  name: family,
  family,
  variant: `${backend} ${variant}`,
  file: "peers/javascript/tfjs.mjs",
  threads: 1,
  // Plain JavaScript needs about ten seconds for one step of B or C.
  works: backend === "cpu" ? "AD" : "ABCD",
  needs,
});
const alone = (family: string, file: string, works: string, module: string): Contestant => ({
  name: family,
  family,
  variant: "",
  file: `peers/javascript/${file}`,
  threads: 1,
  works,
  needs: javascript(module),
});

/** The family of our own trainer. */
export const OURS = "gradloom";

/** What our own trainer may compute with. */
export const BACKENDS: readonly string[] = ["auto", "wasm", "wasm-relaxed", "blas"];

/** Everybody, with our own trainer on a backend: its name says which, if it is not the default one. */
export function contestantsOn(backend: string): readonly Contestant[] {
  const ours = onThreads(
    { family: OURS, file: "train/ours.mjs", variant: backend, works: "ABCD" },
    THREADS.toReversed(),
    "worker",
  );
  const named = ours.map((one) => ({ ...one, name: one.name.replace(OURS, `${OURS} ${backend}`) }));
  return [...(backend === "auto" ? ours : named), ...OTHERS];
}

const OTHERS: readonly Contestant[] = [
  {
    name: "core alone",
    family: "core",
    file: "train/core-alone.mjs",
    variant: "",
    threads: 1,
    works: "ABCD",
  },
  ...onThreads(numpy("NumPy, the book's loop", "book"), THREADS, "thread"),
  ...onThreads(numpy("NumPy float64", "float64"), THREADS, "thread"),
  ...onThreads(numpy("NumPy float32", "float32"), THREADS, "thread"),
  ...onThreads(torch("PyTorch nn.Module", "peers/python/torch_module.py"), THREADS, "thread"),
  ...onThreads(torch("PyTorch by hand", "peers/python/torch_by_hand.py"), THREADS, "thread"),
  ...onThreads(
    {
      family: "scikit-learn",
      file: "peers/python/sklearn_mlp.py",
      variant: "",
      works: "ABCD",
      needs: SKLEARN,
    },
    THREADS,
    "thread",
  ),
  tfjs("TensorFlow.js wasm minimize", "wasm", "minimize", TFJS_WASM),
  tfjs("TensorFlow.js wasm by hand", "wasm", "by hand", TFJS_WASM),
  tfjs("TensorFlow.js cpu minimize", "cpu", "minimize", TFJS_CPU),
  tfjs("TensorFlow.js cpu by hand", "cpu", "by hand", TFJS_CPU),
  alone("jax-js", "jax.mjs", "ABCD", "@jax-js/jax"),
  alone("convnetjs", "convnet.mjs", "AD", "convnetjs"),
  alone("ml-fnn", "ml-fnn.mjs", "A", "ml-fnn"),
  alone("brain.js", "brain.mjs", "D", "brain.js"),
];

export const CONTESTANTS: readonly Contestant[] = contestantsOn("auto");
