// Which libraries are refused, and what the errors tell to do: on libraries made for it, so that no BLAS is needed.
import { afterEach, describe, expect, test } from "vitest";
import type { Gemm } from "../../src/blas/calls.ts";
import { loadKoffi } from "../../src/blas/koffi.ts";
import { openFirst } from "../../src/blas/library.ts";
import { UnsupportedError } from "../../src/errors.ts";
import { createKernels } from "../../src/select.ts";
import type { FloatArray } from "../../src/tensor.ts";
import { blasOf, ddot, koffiWith, library, rightGemm } from "./fake-library.ts";

/** What openFirst says of one library that is found by search, or that the user named. */
function refusalOf(found: ReturnType<typeof library>, asked = ""): string {
  try {
    openFirst(koffiWith({ "libx.so": found }), ["libx.so"], asked, "linux");
  } catch (error) {
    expect(error).toBeInstanceOf(UnsupportedError);
    return (error as Error).message;
  }
  return "accepted";
}

test("a library that multiplies by the standard is accepted", () => {
  expect(refusalOf(blasOf())).toBe("accepted");
});

test("the first library that passes is taken, and one that fails is passed over", () => {
  const koffi = koffiWith({ "libodd.so": library({}), "libgood.so": blasOf() });
  const { facts } = openFirst(koffi, ["libnone.so", "libodd.so", "libgood.so"], "", "linux");
  expect(facts).toEqual({ name: "CBLAS", version: "", path: "libgood.so", threads: undefined });
});

describe("the test at load refuses a library", () => {
  const broken: [string, Gemm<FloatArray>, RegExp][] = [
    [
      "that takes no notice of transA",
      (order, _transA, ...rest) => rightGemm(order, 111, ...rest),
      /multiplies wrongly/,
    ],
    ["that takes no notice of the order", (_order, ...rest) => rightGemm(101, ...rest), /multiplies wrongly/],
    [
      "that reads the old result where beta is 0",
      (o, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) => {
        const kept = c.slice();
        rightGemm(o, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        if (beta === 0) for (let i = 0; i < c.length; i++) c[i] += 0 * kept[i];
      },
      /multiplies wrongly.*beta 0\): NaN where/,
    ],
    [
      "that replaces where it should add",
      (o, ta, tb, m, n, k, alpha, a, lda, b, ldb, _beta, c, ldc) =>
        rightGemm(o, ta, tb, m, n, k, alpha, a, lda, b, ldb, 0, c, ldc),
      /multiplies wrongly.*beta 1\)/,
    ],
    [
      "that is wrong for large sizes only",
      (o, ta, tb, m, n, k, alpha, a, ...rest) =>
        rightGemm(o, ta, tb, m, n, m * n * k > 1e6 ? k - 1 : k, alpha, a, ...rest),
      /multiplies wrongly \(101×103/,
    ],
    [
      "that writes behind its rows",
      (o, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc) => {
        rightGemm(o, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
        c[c.length - 1] = 0;
      },
      /writes outside its result/,
    ],
  ];

  test.each(broken)("%s", (_, gemm, message) => {
    expect(refusalOf(blasOf(gemm))).toMatch(message);
  });

  test("that counts in 64 bits under the names of one that counts in 32", () => {
    expect(refusalOf(blasOf(rightGemm, { cblas_ddot: ddot(64) }))).toMatch(
      /libx\.so counts in 64 bits \(ILP64\), where 32 bits \(LP64\) are needed/,
    );
  });

  test("that has its products under other names, and says which", () => {
    expect(refusalOf(library({ scipy_cblas_sgemm64_: () => {} }))).toMatch(
      /only scipy_cblas_sgemm64_: .*counting in 64 bits \(ILP64\)/,
    );
    expect(refusalOf(library({}))).toMatch(/has no cblas_sgemm: it is not a BLAS with the C interface/);
  });

  test("that may have no locks, unless the user names it", () => {
    const openblas_get_config = () => "OpenBLAS 0.3.21 SINGLE_THREADED";
    const single = blasOf(rightGemm, { openblas_get_config });
    expect(refusalOf(single)).toMatch(/may lack locks .* used only if GRADLOOM_BLAS names it/);
    expect(refusalOf(single, "libx.so")).toBe("accepted");
  });
});

test("a library's own threads are set to one, and left alone when they are", () => {
  let threads = 8;
  const calls: number[] = [];
  const more = {
    openblas_get_config: () => "OpenBLAS 0.3.30 ",
    openblas_get_num_threads: () => threads,
    openblas_set_num_threads: (n: unknown) => {
      calls.push(Number(n));
      threads = Number(n);
    },
  };
  const koffi = koffiWith({ x: blasOf(rightGemm, more) });
  for (let turn = 0; turn < 2; turn++) {
    const { facts } = openFirst(koffi, ["x"], "", "linux");
    expect(facts).toMatchObject({ name: "OpenBLAS", version: "OpenBLAS 0.3.30", threads: 1 });
  }
  expect(calls).toEqual([1]);
});

describe("without a library", () => {
  test.each([
    ["linux", /apt-get install libopenblas0-pthread .*dnf install openblas-threads/],
    ["darwin", /brew install openblas/],
    ["win32", /OpenBLAS for Windows/],
  ])("the error says what to install on %s, and keeps the system's words", (platform, advice) => {
    const open = () => openFirst(koffiWith({}), ["liba.so", "libb.so"], "", platform);
    expect(open).toThrow(/no BLAS library was found\. Install one .*or point GRADLOOM_BLAS to/);
    expect(open).toThrow(advice);
    expect(open).toThrow(
      expect.objectContaining({ cause: new Error("Failed to load shared library: no libb.so") }),
    );
  });

  test("a library that the user named and that does not load is named", () => {
    expect(() => openFirst(koffiWith({}), ["/opt/mine.so"], "/opt/mine.so", "linux")).toThrow(
      /GRADLOOM_BLAS=\/opt\/mine\.so does not load/,
    );
  });
});

describe("without koffi or without Node", () => {
  const getBuiltinModule = Object.getOwnPropertyDescriptor(process, "getBuiltinModule");
  afterEach(() => {
    if (getBuiltinModule !== undefined) Object.defineProperty(process, "getBuiltinModule", getBuiltinModule);
  });

  /** Every require of koffi throws `error`. */
  function failWith(error: Error): void {
    const createRequire = () => () => {
      throw error;
    };
    Object.defineProperty(process, "getBuiltinModule", {
      value: () => ({ createRequire }),
      configurable: true,
    });
  }

  test("the error says how to install koffi, and keeps the cause", () => {
    const missing = Object.assign(new Error("Cannot find module 'koffi'"), { code: "MODULE_NOT_FOUND" });
    const load = () => loadKoffi(["/"]);
    failWith(missing);
    expect(load).toThrow(UnsupportedError);
    expect(load).toThrow(/koffi, which is not installed\. Run: npm install koffi@3$/);
    expect(load).toThrow(expect.objectContaining({ cause: missing }));
  });

  test("a koffi that is there but does not load is told from one that is not, in its own words", () => {
    const broken = new Error("Cannot find the native Koffi module");
    failWith(broken);
    expect(() => loadKoffi(["/"])).toThrow(/koffi, which does not load here/);
    expect(() => loadKoffi(["/"])).toThrow(expect.objectContaining({ cause: broken }));
  });

  test("elsewhere than in Node the error says so", () => {
    Object.defineProperty(process, "getBuiltinModule", { value: undefined, configurable: true });
    expect(() => createKernels({ backend: "blas" })).toThrow(/takes Node 20\.19 or later/);
  });
});
