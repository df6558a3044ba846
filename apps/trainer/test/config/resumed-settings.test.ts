// What may change when a run goes on, and what may not; and the hash that guards it.
import { describe, expect, test } from "vitest";
import { resumedSettings } from "../../src/config/resumed-settings.ts";
import { configHash, dataFingerprint } from "../../src/config/run-identity.ts";
import { resolveOptions } from "../../src/options.ts";

const RUN = { ...resolveOptions({ epochs: 10, hidden: 20, seed: 3 }), label: "species", keep: 3 };

describe("settings of a run that goes on", () => {
  test("how it is done may change, and so may the number of epochs", () => {
    const given = {
      workers: 5,
      restarts: 0,
      keep: 9,
      checkpointEvery: 1,
      timeLimit: 60,
      epochs: 30,
      data: "/moved",
    };
    expect(resumedSettings(RUN, given)).toEqual({ ...RUN, ...given });
  });

  test("what is said again and is the same is no contradiction", () => {
    const given = { hidden: [20], seed: 3, label: "species", limit: undefined };
    expect(resumedSettings(RUN, given)).toMatchObject({ seed: 3, label: "species", learningRate: 0.1 });
  });

  test.each([
    [{ seed: 4 }, "--seed 4 (the run has 3)"],
    [{ hidden: [20, 10] }, "--hidden 20,10 (the run has 20)"],
    [{ header: false }, "--no-header (the run has none)"],
    [
      { backend: "wasm" as const, dtype: "float64" as const },
      "--backend wasm (the run has auto) and --dtype float64",
    ],
    [{ patience: 3 }, "--patience 3 (the run has none)"],
    [{ pieces: 4 }, "--pieces 4 (the run has none)"],
    [{ out: "elsewhere" }, "--out beside --resume"],
  ])("%o is refused", (given, message) => {
    expect(() => resumedSettings(RUN, given)).toThrow(message);
  });

  test("zeros may be skipped or not from then on, but on a native BLAS, where that decides bits", () => {
    const native = { ...RUN, backend: "blas" as const, sparse: "on" as const };
    expect(resumedSettings(RUN, { sparse: "off" })).toMatchObject({ sparse: "off" });
    expect(resumedSettings(native, { sparse: "on" })).toMatchObject({ sparse: "on" });
    expect(() => resumedSettings(native, { sparse: "off" })).toThrow("--sparse off (the run has on)");
  });

  test("more epochs are refused where the learning rate was planned for their number", () => {
    const cosine = { ...RUN, schedule: "cosine" as const };
    expect(() => resumedSettings(cosine, { epochs: 30 })).toThrow(/--epochs 30: .* planned for 10 epochs/);
    expect(resumedSettings(cosine, { epochs: 10 })).toMatchObject({ epochs: 10 });
  });
});

describe("the hash of a configuration", () => {
  const hash = (given: Parameters<typeof resolveOptions>[0]) => configHash(resolveOptions(given));

  test("does not see what changes no bit", () => {
    const same = { workers: 7, restarts: 9, epochs: 99, timeLimit: 5, sparse: "off" as const, hidden: [50] };
    expect(hash(same)).toBe(hash({}));
  });

  test.each([
    { seed: 1 },
    { learningRate: 0.2 },
    { hidden: [50, 50] },
    { patience: 3 },
    { schedule: "cosine" as const },
  ])("sees %o", (given) => {
    expect(hash(given)).not.toBe(hash({}));
  });

  test("sees the pieces that products are cut into, which other backends than blas have none of", () => {
    const native = { backend: "blas" as const };
    expect(hash({ ...native, pieces: 2 })).not.toBe(hash({ ...native, pieces: 4 }));
    expect(() => hash({ pieces: 4 })).toThrow("pieces 4 has no meaning with backend auto, only with blas");
  });

  test("sees on blas that zeros are skipped, and has no word for the usual product", () => {
    const native = resolveOptions({ backend: "blas" });
    const [on, off] = [configHash({ ...native, sparse: "on" }), configHash({ ...native, sparse: "off" })];
    expect(on).not.toBe(off);
    // As it was before runs said anything about it.
    const { sparse: _, ...before } = native;
    expect(configHash(before as typeof native)).toBe(off);
  });

  test("sees the number of epochs where the schedule does", () => {
    const cosine = { schedule: "cosine" as const };
    expect(hash({ ...cosine, epochs: 5 })).not.toBe(hash({ ...cosine, epochs: 6 }));
  });
});

test("the fingerprint of data sees every value, label, size and set", async () => {
  const set = {
    images: Uint8Array.of(1, 2, 3, 4),
    labels: Uint8Array.of(0, 1),
    rows: 2,
    columns: 2,
    classes: 2,
    scale: 1,
  };
  const data = { train: set, test: set, name: "any" };
  const prints = await Promise.all(
    [
      data,
      { ...data, train: { ...set, images: Uint8Array.of(1, 2, 3, 5) } },
      { ...data, test: { ...set, images: Float32Array.of(1, 2, 3, 4) } },
      { ...data, train: { ...set, labels: Uint8Array.of(1, 0) } },
      { ...data, train: { ...set, rows: 1, columns: 4 } },
      { ...data, train: { ...set, scale: 2 } },
      { ...data, validation: set },
    ].map((one) => dataFingerprint(one)),
  );
  expect(new Set(prints).size).toBe(prints.length);
  expect(
    await dataFingerprint({ ...data, name: "other", train: { ...set, labels: Int32Array.of(0, 1) } }),
  ).toBe(prints[0]);
});
