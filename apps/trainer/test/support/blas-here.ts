// The BLAS libraries of this machine that can be used, one after the other: by the usual names, and where Debian keeps
// those that its libblas.so.3 may point to. GRADLOOM_TEST_BLAS names more files, with colons between them.
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import {
  createKernels,
  type Dtype,
  type LibraryFacts,
  type Tensor,
  UnsupportedError,
} from "@gradloom/kernels";
import ndarray from "ndarray";
import { blasLibraries } from "../../src/doctor/blas-libraries.ts";
import { rowsOf } from "../../src/parallel/shards.ts";

const NAMES = ["libopenblas.so.0", "libblis.so.4", "libblas.so.3"];
const DEBIAN = [
  ["openblas-pthread", "libopenblas.so.0"],
  ["blis-pthread", "libblis.so.4"],
  ["blas", "libblas.so.3"],
];
const LIB = "/usr/lib";

/** Each library once, and why there is none where the list is empty. */
export function blasHere(): { readonly libraries: readonly LibraryFacts[]; readonly reason: string } {
  const found = new Map<string, LibraryFacts>();
  let reason = "";
  const judge = (): void => {
    try {
      const { library } = createKernels({ backend: "blas" }).explain();
      if (library === undefined || library.path === "") return;
      // Two builds of one version, or two names of one file, would tell nothing new.
      const { name, version, path } = library;
      const key = version === "" ? realpathSync(path) : `${name} ${version}`;
      if (!found.has(key)) found.set(key, library);
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      reason ||= error.message;
    }
  };
  const before = process.env.GRADLOOM_BLAS;
  judge();
  for (const name of candidates()) {
    process.env.GRADLOOM_BLAS = name;
    judge();
  }
  if (before === undefined) delete process.env.GRADLOOM_BLAS;
  else process.env.GRADLOOM_BLAS = before;
  return { libraries: [...found.values()], reason };
}

function candidates(): readonly string[] {
  const folders = existsSync(LIB) ? readdirSync(LIB).filter((name) => name.includes("-linux-")) : [];
  const debian = folders.flatMap((folder) => DEBIAN.map((path) => join(LIB, folder, ...path)));
  const asked = (process.env.GRADLOOM_TEST_BLAS ?? "").split(":").filter((path) => path !== "");
  return [...blasLibraries(process.env).map(({ path }) => path), ...NAMES, ...debian, ...asked];
}

/** Whether the library in use gives a product of these sizes other bits when its rows are computed in three calls. */
export function dependsOnSize(dtype: Dtype, [m, k, n]: readonly [number, number, number]): boolean {
  const kernels = createKernels({ backend: "blas" });
  const [a, b] = [numbers(dtype, m, k), numbers(dtype, k, n)];
  const whole = kernels.matmul(a, b);
  return [0, 1, 2].some((third) => {
    const { from, to } = rowsOf(m, 3, third);
    const part = kernels.matmul(a.lo(from, 0).hi(to - from, -1), b);
    return part.data.some((value, i) => value !== whole.data[from * n + i]);
  });
}

function numbers(dtype: Dtype, rows: number, columns: number): Tensor {
  const values = Array.from({ length: rows * columns }, (_, i) => ((i * 7919) % 1009) / 1009 - 0.5);
  return ndarray(dtype === "float32" ? Float32Array.from(values) : Float64Array.from(values), [
    rows,
    columns,
  ]);
}
